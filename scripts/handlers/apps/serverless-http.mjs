import serverless from 'serverless-http';
import app from './express-app.mjs';

export const handler = serverless(app);
export const binary = serverless(app, { binary: ['*/*'] });
export const basePath = serverless(app, { basePath: '/shop' });
