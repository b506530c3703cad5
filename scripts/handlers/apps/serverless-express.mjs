import serverlessExpress from '@codegenie/serverless-express';
import app from './express-app.mjs';

export const handler = serverlessExpress({ app });
export const binary = serverlessExpress({ app, binarySettings: { contentTypes: ['*/*'] } });
