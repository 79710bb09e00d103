/** Style of the report: prints well, follows the reader's light or dark setting, needs no file beside it. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --ink: #1c2733; --soft: #5a6875; --ground: #ffffff; --panel: #f3f6f8; --line: #d5dde3;
  --main: #0b6fa4; --band: #0b6fa430; --accent: #b5480a; --good: #146c43; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7edf2; --soft: #a8b5c0; --ground: #12181d; --panel: #1b242b;
  --line: #33414c; --main: #62b8e8; --band: #62b8e830; --accent: #ff9c57; --good: #62d09b; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.5rem 4rem; background: var(--ground); color: var(--ink);
  overflow-wrap: anywhere; font: 16px/1.55 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .3rem; }
h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; border-bottom: 1px solid var(--line); padding-bottom: .3rem; }
p.soft, figcaption, .soft { color: var(--soft); }
.answer { background: var(--panel); border-left: 5px solid var(--good); padding: 1rem 1.2rem; border-radius: 4px; font-size: 1.08rem; }
.answer.impossible { border-color: var(--accent); }
.warning { border-left: 4px solid var(--accent); padding: .3rem .8rem; margin: .5rem 0; background: var(--panel); }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: .93rem; }
th, td { text-align: right; padding: .35rem .6rem; border-bottom: 1px solid var(--line); }
th:first-child, td:first-child { text-align: left; }
tr.chosen { background: var(--band); font-weight: 600; }
figure { margin: 1rem 0; }
svg { width: 100%; height: auto; background: var(--panel); border-radius: 6px; }
svg text { fill: var(--ink); font: 12px system-ui, sans-serif; }
svg .small { font-size: 10px; } svg .tick { fill: var(--soft); }
svg path { fill: none; } svg .grid { stroke: var(--line); }
svg .band { fill: var(--band); } svg .predicted { stroke: var(--main); stroke-width: 2.5; }
svg .other { stroke: var(--soft); stroke-width: 1; opacity: .55; }
svg .measured { fill: var(--accent); } svg .choice { stroke: var(--good); stroke-dasharray: 5 4; stroke-width: 2; }
svg .choice-label { fill: var(--good); font-weight: 600; }
svg .loss { stroke: var(--soft); stroke-width: 2; } svg .dice { stroke: var(--main); stroke-width: 2.5; }
svg .dice-label { fill: var(--main); }
.examples { display: grid; grid-template-columns: repeat(3, 1fr); gap: 1rem; }
.examples img { width: 100%; border-radius: 4px; display: block; }
.key { display: inline-block; width: .8em; height: .8em; border-radius: 2px; vertical-align: -.05em; margin-right: .3em; }
pre { background: var(--panel); padding: .8rem 1rem; white-space: pre-wrap; overflow-wrap: anywhere; border-radius: 4px; font-size: .85rem; }
@media (max-width: 40rem) { .examples { grid-template-columns: 1fr; } }
@media print { body { max-width: none; padding: 0; } h2 { break-after: avoid; } figure, table { break-inside: avoid; } }
`;
