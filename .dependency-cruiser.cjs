const domain =
  'dataset|complexity|network|engine|training|calibration|cluster|prediction|trainingCost|export|project|demo|licences|files|use';

const entries = '^src-main/(main|preload\\w*|worker|trainer|cli)\\.ts';

/** The one-way rule of imports: entries -> shell, workers, cli -> jobs -> domain rooms -> engine/project; contract and common below all. */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'domain-knows-no-jobs-shell-or-entries',
      severity: 'error',
      from: { path: `^src-main/(${domain})/` },
      to: { path: `^src-main/(jobs|workers|shell|cli)/|${entries}|^src-renderer` },
    },
    {
      name: 'jobs-know-no-shell-or-entries',
      severity: 'error',
      from: { path: '^src-main/jobs/' },
      to: { path: `^src-main/(workers|shell|cli)/|${entries}|^src-renderer` },
    },
    {
      name: 'workers-know-no-shell-or-entries',
      severity: 'error',
      from: { path: '^src-main/workers/' },
      to: { path: `^src-main/(shell|cli)/|${entries}|^src-renderer` },
    },
    {
      name: 'the-command-line-knows-no-shell-or-workers',
      severity: 'error',
      from: { path: '^src-main/cli/' },
      to: { path: `^src-main/(shell|workers)/|${entries}|^src-renderer` },
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
      from: { path: '^src-main/(engine|project|files)/' },
      to: {
        path: '^src-main/(dataset|complexity|network|training|calibration|cluster|prediction|trainingCost|export|demo)/',
      },
    },
    {
      name: 'jobs-write-through-outputs',
      comment: 'What jobs write for the user never replaces what they read: see jobs/outputs.ts.',
      severity: 'error',
      from: { path: '^src-main/(jobs|export|workers|cli)/' },
      to: { path: '^src-main/files/writeFileSafely' },
    },
    {
      name: 'common-imports-only-itself',
      severity: 'error',
      from: { path: '^src-main/common/' },
      to: { path: '^src-main/', pathNot: '^src-main/common/' },
    },
    {
      name: 'common-knows-neither-node-nor-dom',
      severity: 'error',
      from: { path: '^src-main/common/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'contract-imports-only-common-and-itself',
      severity: 'error',
      from: { path: '^src-main/contract/' },
      to: { path: '^src-main/', pathNot: '^src-main/(common|contract)/' },
    },
    {
      name: 'the-renderer-sees-only-contract-and-common',
      severity: 'error',
      from: { path: '^src-renderer/' },
      to: { path: '^src-main/', pathNot: '^src-main/(common|contract)/' },
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
        path: `^src-main/(jobs|shell|cli|project|dataset)/|${entries}|^src-renderer`,
      },
    },
    {
      name: 'not-to-test',
      severity: 'error',
      from: { path: '^(src-main|src-renderer|src-webgpu)/' },
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
