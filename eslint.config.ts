import svelte from 'eslint-plugin-svelte';
import tseslint from 'typescript-eslint';

const NO_STORES = { name: 'svelte/store', message: 'State is kept in runes.' };

/** Typed rules for all TypeScript; who may import whom is checked by dependency-cruiser. */
export default tseslint.config(
  { ignores: ['dist/', 'native/build/', 'release/', 'node_modules/', 'coverage/'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportDefaultDeclaration',
          message: 'Export by name; files are named after what they export.',
        },
        {
          selector: "CallExpression[callee.name=/^(it|describe|test)$/][callee.property.name='only']",
          message: 'A focused test hides the others.',
        },
      ],
      eqeqeq: 'error',
      'no-restricted-imports': ['error', NO_STORES],
      'no-restricted-globals': [
        'error',
        { name: 'fetch', message: 'The product makes no network call.' },
        { name: 'WebSocket', message: 'The product makes no network call.' },
        { name: 'XMLHttpRequest', message: 'The product makes no network call.' },
      ],
    },
  },
  ...svelte.configs.recommended,
  {
    files: ['**/*.svelte'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: {
      parserOptions: { projectService: true, extraFileExtensions: ['.svelte'], parser: tseslint.parser },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: 'error',
      'no-restricted-imports': ['error', NO_STORES],
      'svelte/no-at-html-tags': 'error',
      'svelte/button-has-type': 'off',
      // Asks the types of every expression, a third of the time, for stores: there are none (below), only runes.
      'svelte/require-store-reactive-access': 'off',
    },
  },
  {
    // Modules with runes are plain TypeScript to the parser.
    files: ['**/*.svelte.ts'],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] },
    },
  },
  { files: ['*.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
);
