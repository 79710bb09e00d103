import { app } from 'electron';

// Chromium cannot sandbox its processes for root, as whom tests in a container run; enableSandbox() overrules --no-sandbox.
if (process.getuid?.() === 0) app.enableSandbox = () => undefined;
