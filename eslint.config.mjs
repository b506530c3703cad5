import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: ['node_modules/', 'dist/', 'cdk.out/', 'coverage/', 'assets/', '.cache/', '**/*.js', '**/*.d.ts'],
  },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-require-imports': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
      'max-lines': ['error', { max: 300 }],
    },
  },
  {
    // The list of all rules: two lines for each.
    files: ['lib/checks/registry.ts'],
    rules: { 'max-lines': ['error', { max: 500 }] },
  },
  {
    files: ['test/**', 'bench/**', 'runtime/**', 'examples/**'],
    rules: { 'no-console': 'off' },
  },
  {
    // Tables of cases, one input and one message each, are long and easy to read.
    files: ['test/**'],
    rules: { 'max-lines': ['error', { max: 450 }] },
  },
);
