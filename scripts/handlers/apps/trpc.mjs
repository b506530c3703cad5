import { initTRPC } from '@trpc/server';
import { awsLambdaRequestHandler, awsLambdaStreamingRequestHandler } from '@trpc/server/adapters/aws-lambda';
import { octetInputParser } from '@trpc/server/http';
import { z } from 'zod';
import { COOKIES, hex, MESSAGE } from './content.mjs';

const t = initTRPC.context().create();
const router = t.router({
  json: t.procedure.query(() => ({ ok: true })),
  upload: t.procedure.input(octetInputParser).mutation(async ({ input }) => {
    const chunks = [];
    for await (const chunk of input) chunks.push(chunk);
    return hex(Buffer.concat(chunks));
  }),
  cookies: t.procedure.query(({ ctx }) => {
    COOKIES.forEach((cookie) => ctx.resHeaders.append('Set-Cookie', cookie));
    return 'set';
  }),
  cookie: t.procedure.query(({ ctx }) => ctx.cookie),
  throws: t.procedure.query(() => {
    throw new Error(MESSAGE);
  }),
  undefined: t.procedure.query(() => undefined),
  echo: t.procedure.input(z.any()).mutation(({ input }) => ({ body: input ?? String(input) })),
});
const createContext = ({ info, event }) => ({
  ...{ resHeaders: new Headers(), info },
  cookie: event.cookies?.join('; ') ?? event.headers?.Cookie ?? event.headers?.cookie,
});
const options = { router, createContext, responseMeta: ({ ctx }) => ({ headers: ctx?.resHeaders }) };

export const handler = awsLambdaRequestHandler(options);
export const stream = awslambda.streamifyResponse(awsLambdaStreamingRequestHandler(options));
