import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  build: {
    // A data: address in a style sheet would need a hole in the policy of the pages.
    assetsInlineLimit: 0,
    target: 'es2023',
  },
});
