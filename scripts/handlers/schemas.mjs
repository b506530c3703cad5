// Schemas that say what events are, on events.
import * as schemas from '@aws-lambda-powertools/parser/schemas';

const USED = {
  rest: 'APIGatewayProxyEventSchema',
  http1: 'APIGatewayProxyEventSchema',
  http2: 'APIGatewayProxyEventV2Schema',
  socket: 'APIGatewayProxyWebsocketEventSchema',
};

/** @returns for each event the schema that is meant for it, and what it lacks */
export const verdicts = (events) =>
  events.map(({ kind, what, event }) => {
    const schema = USED[kind];
    const { error } = schemas[schema].safeParse(event);
    return { what, schema, missing: error?.issues.map(({ path }) => path.join('.')) ?? [] };
  });
