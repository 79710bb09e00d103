import { formatFactor } from '#common/network/factor.ts';
import { accuracyPlot } from './accuracyPlot.ts';
import { FAMILY_WORDS } from '#common/network/familyWords.ts';
import {
  formatBytes,
  formatCount,
  formatDice,
  formatDigits,
  formatDuration,
  formatPercent,
} from '#common/format.ts';
import { impossibleWords } from '#common/prediction/choiceWords.ts';
import { SEGMENTABILITY_WORDS } from '#common/dataset/measureWords.ts';
import { preparationOf } from '#common/preparation/preparation.ts';
import { preparationSteps } from '#common/preparation/preparationWords.ts';
import { trustSentences } from '#common/prediction/trustWords.ts';
import { goalWords } from '#common/prediction/judgeGoal.ts';
import { verdictWords } from '#common/prediction/verdict.ts';
import { html, type Html, trusted } from './html.ts';
import { OUTLINE } from './outline.ts';
import { datasetMark } from './reportedDataset.ts';
import type { ReportCost, ReportData, ReportOutcome } from './reportData.ts';
import type { TestAccuracy } from '#common/training/training.ts';
import { REPORT_STYLE } from './reportStyle.ts';
import { trainingPlot } from './trainingPlot.ts';

const NONE = trusted('');

function answer(data: ReportData): Html {
  const base = `${FAMILY_WORDS[data.network.family].plain} of base width ${data.network.width}`;
  const { choice, outcome } = data;
  if (choice.kind === 'impossible') {
    return html`<p class="answer impossible">${impossibleWords(choice)}</p>`;
  }
  const whole = data.candidates.find((candidate) => candidate.alpha === 1)?.parameters;
  const smaller = whole ? html` (${formatPercent(choice.parameters / whole)} of the base network)` : NONE;
  const measured = outcome
    ? html` Trained and tested, it reached a Dice of
        <strong>${formatDice(outcome.measured.dice)}</strong>${retained(outcome)}.`
    : NONE;
  return html`<p class="answer">
    A ${base} at factor <strong>${formatFactor(choice.alpha)}</strong> ${enough(outcome)}:
    ${formatCount(choice.parameters)} parameters${smaller}. Predicted Dice ${formatDice(choice.predicted)},
    between ${formatDice(choice.low)} and ${formatDice(choice.high)}.${measured}
  </p>`;
}

/** What may be said of the chosen size: that it is enough only where that was measured. */
function enough(outcome: ReportOutcome | null): string {
  switch (outcome?.goal.kind) {
    case 'met':
      return 'is enough';
    case 'missed':
      return 'was predicted to be enough, but is not';
    default:
      return 'is the smallest that is predicted to be enough';
  }
}

function retained(outcome: ReportOutcome): Html {
  if (outcome.baseDice === null || outcome.baseDice <= 0) return NONE;
  return html`, ${formatPercent(outcome.measured.dice / outcome.baseDice)} of the base network's
  ${formatDice(outcome.baseDice)}`;
}

/** The measure that tells most, with pictures of it. */
function segmentabilitySection({ complexity, segmentability }: ReportData): Html {
  if (complexity.segmentability === null) return NONE;
  const pictures = segmentability.map(
    ({ label, name, dice, picture }) =>
      html`<figure>
        <img
          alt="${label} training image ${name} with its mask's outline, beside what simple features find"
          src="data:image/png;base64,${Buffer.from(picture).toString('base64')}"
        />
        <figcaption>${label}: ${name}, Dice ${formatDice(dice)}</figcaption>
      </figure>`,
  );
  return html`<p>
      ${SEGMENTABILITY_WORDS.plain}: <strong>${complexity.segmentability.toFixed(2)}</strong>.
      ${SEGMENTABILITY_WORDS.means} Of all measures this one tells most about how accurate a network will be.
    </p>
    ${
      pictures.length > 0
        ? html`<p class="soft">
              Training images with the outline of the mask, and what brightness, colour and texture find:
              white surely an object, black surely not. Each is judged by a rule that learnt from other
              images.
            </p>
            <div class="examples">${pictures}</div>`
        : NONE
    }`;
}

function datasetSection(data: ReportData): Html {
  const { dataset, complexity } = data;
  const { train, validation, test } = dataset.images;
  const { error, warning } = dataset.findings;
  const rows = Object.entries(complexity.mean).map(
    ([name, value]) =>
      html`<tr>
        <td>${name}</td>
        <td>${value.toPrecision(4)}</td>
      </tr>`,
  );
  return html`<h2>Dataset and complexity</h2>
    <p>
      ${train + validation + test} images (${dataset.channels === 3 ? 'colour' : 'grey'}): ${train} for
      training, ${validation} for validation, ${test} for the test. Foreground
      ${formatPercent(dataset.foreground)} on average. The doctor found ${error} errors and ${warning}
      warnings. Fingerprint <code>${dataset.fingerprint.slice(0, 16)}</code>.
    </p>
    ${segmentabilitySection(data)}
    <details>
      <summary>Complexity, averaged over the training images (recipe ${complexity.recipe})</summary>
      <table>
        <thead>
          <tr>
            <th>Measure</th>
            <th>Mean</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </details>`;
}

function predictionSection(data: ReportData): Html {
  const { error } = data;
  const rows = [...data.candidates]
    .sort((a, b) => b.alpha - a.alpha)
    .map((candidate) => {
      const chosen = data.choice.kind === 'chosen' && data.choice.alpha === candidate.alpha;
      const own = data.measured.find((point) => point.alpha === candidate.alpha);
      const measured = own ? formatDice(own.dice) : '–';
      return html`<tr class="${chosen ? 'chosen' : ''}">
        <td>${formatFactor(candidate.alpha)}</td>
        <td>${formatCount(candidate.parameters)}</td>
        <td>${formatDice(candidate.predicted)}</td>
        <td>${formatDice(candidate.low)} to ${formatDice(candidate.high)}</td>
        <td>${measured}</td>
        <td>${formatPercent(candidate.retained)}, probably above ${formatPercent(candidate.retainedLow)}</td>
        <td>${formatBytes(candidate.fileBytes)}</td>
        <td>${candidate.latencyMs === null ? '–' : `${formatDigits(candidate.latencyMs)} ms`}</td>
      </tr>`;
    });
  return html`<h2>Predicted accuracy of every size</h2>
    <figure>
      ${accuracyPlot(data)}
      <figcaption>
        Line and band: prediction and interval for this dataset. Thin lines: the datasets it was learnt from.
        Dots: measured on this dataset's test images.
      </figcaption>
    </figure>
    <table>
      <thead>
        <tr>
          <th>Factor</th>
          <th>Parameters</th>
          <th>Predicted Dice</th>
          <th>Interval</th>
          <th>Measured</th>
          <th>Retained</th>
          <th>File</th>
          <th>One image here</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
    <p>How far to trust it: ${trustSentences(error).join(' ')}</p>
    ${data.warnings.map((warning) => html`<p class="warning">${warning}</p>`)}
    ${data.outcome === null && data.nextStep !== null ? html`<p>${data.nextStep}</p>` : NONE}`;
}

function costTable(base: ReportCost, chosen: ReportCost): Html {
  const row = (
    name: string,
    show: (value: number) => string,
    before: number | null,
    after: number | null,
  ): Html =>
    before === null || after === null
      ? NONE
      : html`<tr>
          <td>${name}</td>
          <td>${show(before)}</td>
          <td>${show(after)}</td>
          <td>${formatDigits(before / after)} times less</td>
        </tr>`;
  return html`<table>
    <thead>
      <tr>
        <th>Cost</th>
        <th>Base network</th>
        <th>Chosen network</th>
        <th>Saved</th>
      </tr>
    </thead>
    <tbody>
      ${row('Parameters', formatCount, base.parameters, chosen.parameters)}
      ${row('Multiply-accumulates an image', formatCount, base.macs, chosen.macs)}
      ${row('Peak activation memory', formatBytes, base.activationBytes, chosen.activationBytes)}
      ${row('Exported file', formatBytes, base.fileBytes, chosen.fileBytes)}
      ${row("One image on this machine's processor", (ms) => `${formatDigits(ms)} ms`, base.latencyMs, chosen.latencyMs)}
    </tbody>
  </table>`;
}

const EDITED =
  'Images of this dataset were left out or moved after the network was trained. Its accuracy is that on the test images of that time.';

function outcomeSection(outcome: ReportOutcome, nextStep: string | null): Html {
  const { measured, predicted } = outcome;
  const swatch = (colour: readonly number[]): Html =>
    html`<span class="key" style="background: rgb(${colour.join(' ')})"></span>`;
  const examples = outcome.examples.map(
    (example) =>
      html`<figure>
        <img
          alt="${example.label} test image ${example.name} with reference and predicted outlines"
          src="data:image/png;base64,${Buffer.from(example.overlayPng).toString('base64')}"
        />
        <figcaption>${example.label}: ${example.name}, Dice ${formatDice(example.dice)}</figcaption>
      </figure>`,
  );
  const exports = outcome.exports.map(
    (file) =>
      html`<tr>
        <td>${file.file}</td>
        <td>${formatBytes(file.bytes)}</td>
        <td>${file.differs ?? 'at most'} ${file.largestDifference.toExponential(1)}</td>
      </tr>`,
  );
  return html`<h2>Predicted and measured</h2>
    <table>
      <thead>
        <tr>
          <th></th>
          <th>Predicted</th>
          <th>Interval</th>
          <th>Measured on the test images</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <td>Dice, mean over images</td>
          <td>${formatDice(predicted.dice)}</td>
          <td>${formatDice(predicted.low)} to ${formatDice(predicted.high)}</td>
          <td>${formatDice(measured.dice)}</td>
        </tr>
        ${atWorkingResolution(measured)}
        <tr>
          <td>IoU, mean over images</td>
          <td>–</td>
          <td>–</td>
          <td>${formatDice(measured.iou)}</td>
        </tr>
        <tr>
          <td>Dice, pixels pooled</td>
          <td>–</td>
          <td>–</td>
          <td>${formatDice(measured.pooledDice)}</td>
        </tr>
      </tbody>
    </table>
    ${outcome.edited ? html`<p><strong>${EDITED}</strong></p>` : NONE}
    <p>${verdictWords(predicted, measured.dice)}${nextStep === null ? '' : ` ${nextStep}`}</p>
    ${outcome.goal.kind === 'none' ? NONE : html`<p class="goal ${outcome.goal.kind}">${goalWords(outcome.goal)}</p>`}
    <h2>Cost before and after</h2>
    ${costTable(outcome.base, outcome.chosen)}
    ${
      examples.length === 0
        ? NONE
        : html`<h2>Examples</h2>
            <p class="soft">${swatch(OUTLINE.reference)}reference ${swatch(OUTLINE.prediction)}prediction</p>
            <div class="examples">${examples}</div>`
    }
    <h2>Training</h2>
    <figure>${trainingPlot(outcome.history)}</figure>
    <p>
      ${outcome.history.length} epochs in ${formatDuration(outcome.trainingSeconds)} on ${outcome.engine},
      seed ${outcome.seed}.
    </p>
    <h2>Exported files</h2>
    <table>
      <thead>
        <tr>
          <th>File</th>
          <th>Size</th>
          <th>Largest difference to the trained network</th>
        </tr>
      </thead>
      <tbody>
        ${exports}
      </tbody>
    </table>`;
}

/** What is done to an image before the network sees it, and to what it answers. */
function preparationSection({ outcome }: ReportData): Html {
  if (!outcome) return NONE;
  const steps = preparationSteps(preparationOf(outcome.network, outcome.recipe.workingSide));
  return html`<h2>How images are prepared</h2>
    <ol>
      ${steps.map((step) => html`<li>${step}</li>`)}
    </ol>`;
}

/** Writes the whole report as one HTML document that loads nothing from elsewhere. */
export function htmlReport(data: ReportData): string {
  const recipe = data.outcome
    ? html`<p>Training recipe, factor and seed:</p>
        <pre>
${JSON.stringify({ network: data.outcome.network, recipe: data.outcome.recipe, seed: data.outcome.seed }, null, 1)}</pre>`
    : NONE;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        ${datasetMark(data.dataset.fingerprint)}
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${data.dataset.name}: how small a network is enough</title>
        <style>
          ${trusted(REPORT_STYLE)}
        </style>
      </head>
      <body>
        <main>
          <h1>${data.dataset.name}: how small a network is enough</h1>
          <p class="soft">
            CC-Net Workstation ${data.productVersion}, ${data.createdAt.slice(0, 16).replace('T', ' ')} UTC.
            Accuracy is the mean Dice coefficient (F1) over the images of the test split, at their own size
            and against the masks as they were drawn.
          </p>
          ${answer(data)} ${datasetSection(data)} ${predictionSection(data)}
          ${data.outcome ? outcomeSection(data.outcome, data.nextStep) : NONE} ${preparationSection(data)}
          <h2>To repeat it</h2>
          <p>
            In a folder of its own, one after the other. Words in capital letters stand for what lies on your
            disk: FOLDER for the images with their masks, DIR for where the results are to go.
          </p>
          <pre>${data.commands.join('\n')}</pre>
          ${recipe}
          <p class="soft">
            Not a medical device: for research, to be validated by the laboratory before any clinical use.
          </p>
        </main>
      </body>
    </html>`;
  return page.html;
}

/** Beside the accuracy at the images' own size, which a user gets, that of the pixels which the network sees. */
function atWorkingResolution({ working }: TestAccuracy): Html {
  if (!working) return html``;
  return html`<tr>
    <td>Dice at the working resolution</td>
    <td>–</td>
    <td>–</td>
    <td>${formatDice(working.dice)}</td>
  </tr>`;
}
