const domain =
  'dataset|complexity|network|engine|training|calibration|prediction|forecast|export|project|demo';

/** The one-way rule of imports: entries -> shell -> jobs -> domain rooms -> engine/project -> native. */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'domain-knows-no-jobs-shell-or-entries',
      severity: 'error',
      from: { path: `^src-main/(${domain}|contract)/` },
      to: {
        path: '^src-main/(jobs|shell|cli)(/|\\.)|^src-main/(main|preload\\w*|worker)\\.ts|^src-renderer',
      },
    },
    {
      name: 'jobs-know-no-shell-or-entries',
      severity: 'error',
      from: { path: '^src-main/jobs/' },
      to: { path: '^src-main/(shell|cli)(/|\\.)|^src-main/(main|preload\\w*|worker)\\.ts|^src-renderer' },
    },
    {
      name: 'only-shell-and-entries-import-electron',
      severity: 'error',
      from: { pathNot: '^(src-main/(shell/|main\\.ts|preload\\w*\\.ts|worker\\.ts)|test/|scripts/)' },
      to: { path: '^node_modules/electron/|^electron$' },
    },
    {
      name: 'engine-and-project-are-the-floor',
      severity: 'error',
      from: { path: '^src-main/(engine|project)/' },
      to: {
        path: '^src-main/(dataset|complexity|network|training|calibration|prediction|forecast|export|demo)/',
      },
    },
    {
      name: 'contract-imports-only-itself',
      severity: 'error',
      from: { path: '^src-main/contract/' },
      to: { path: '^src-main/', pathNot: '^src-main/contract/' },
    },
    {
      name: 'the-renderer-sees-only-the-contract',
      severity: 'error',
      from: { path: '^src-renderer/' },
      to: { path: '^(src-main|native)/', pathNot: '^src-main/contract/' },
    },
    {
      name: 'the-webgpu-page-runs-without-node',
      severity: 'error',
      from: { path: '^src-webgpu/' },
      to: {
        reachable: true,
        path: '^(node:)?(assert|buffer|child_process|crypto|events|fs|module|os|path|process|stream|timers|url|util|worker_threads)(/|$)',
      },
    },
    {
      name: 'the-webgpu-page-knows-no-jobs-shell-or-entries',
      severity: 'error',
      from: { path: '^src-webgpu/' },
      to: {
        path: '^src-main/(jobs|shell|cli|project|dataset)(/|\\.)|^src-main/(main|preload\\w*|worker)\\.ts|^src-renderer',
      },
    },
    {
      name: 'not-to-test',
      severity: 'error',
      from: { path: '^(src-main|src-renderer|src-webgpu|native)/' },
      to: { path: '^(test|bench|scripts)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.svelte'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
