const { options } = require('./.dependency-cruiser.cjs');

/** What is left of imports when types are gone: what the window's page loads. */
module.exports = {
  forbidden: [
    {
      name: 'the-page-compiles-no-schema',
      comment:
        'The main process checks what crosses the border. Lists and rules that the page needs stand in files without a schema.',
      severity: 'error',
      from: { path: '^src-renderer/' },
      to: { reachable: true, path: 'node_modules/zod/' },
    },
  ],
  options: { ...options, tsPreCompilationDeps: false },
};
