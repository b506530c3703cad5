import { type Recorder } from '../recorder';
import { answerOf } from './answer';
import { call, proxyFunction } from './call';
import { type Exchange, type RouteAnswer } from './exchange';
import { integrationRequest } from './integration-request';

/** Takes an event through the integration of its route. @throws Refusal */
export async function integrate(exchange: Exchange, recorder: Recorder): Promise<RouteAnswer> {
  const { type } = exchange.integration;
  if (type === 'AWS_PROXY') return recorder.run('integration', (tell) => proxyFunction(exchange, tell));
  const made = await recorder.run('integrationRequest', (tell) => integrationRequest(exchange, tell));
  const answer = await recorder.run('integration', async (tell) => {
    const given = await call(exchange, made);
    const { status, headers, selector } = given;
    const body = Buffer.from(given.body).toString('utf8');
    tell({
      note: `Status ${status}`,
      output: { status, headers, selector, body },
      because: [exchange.integration.source.location],
    });
    return given;
  });
  if (type === 'HTTP_PROXY') {
    return { status: answer.status, headers: answer.headers, text: Buffer.from(answer.body).toString('utf8') };
  }
  return recorder.run('integrationResponse', (tell) => answerOf(exchange, answer, tell));
}
