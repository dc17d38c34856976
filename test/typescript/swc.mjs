/** How swc reads our TypeScript, under Jest and under Node itself: decorators and their metadata as `tsc` builds them. */
export const swc = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    target: 'es2022',
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true },
  },
  module: { type: 'es6' },
};
