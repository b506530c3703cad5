import fc from 'fast-check';
import { TestApi } from './support';

const http = { IntegrationType: 'HTTP', IntegrationMethod: 'POST', IntegrationUri: 'https://backend.test/{room}' };
const RequestTemplates = {
  $default: "$input.path('$.a.b') $input.json('$..c') $util.parseJson($input.body).d $input.body",
};

/** Everything that reads a message. */
const busy = (): TestApi =>
  new TestApi({
    api: { RouteSelectionExpression: '${request.body.action}-${request.body.list[0]}' },
    routes: {
      $default: {
        to: {
          ...{ ...http, RequestTemplates, TemplateSelectionExpression: '$request.body.template' },
          RequestParameters: { 'integration.request.path.room': 'route.request.body.room' },
        },
        twoWay: true,
        responses: {
          $default: {
            ResponseTemplates: { $default: "$input.path('$')" },
            TemplateSelectionExpression: '${integration.response.body.x}',
          },
        },
      },
      'a-b': { to: 'Fn' },
    },
    functions: { Fn: ({ body }) => JSON.parse(String(body)) },
    server: ({ body }) => ({ body }),
  });

test('no message brings the gateway down, or makes it tell of itself', async () => {
  const message = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc
      .record({ action: fc.constant('a'), list: fc.constant(['b']), statusCode: fc.anything() })
      .map((each) => JSON.stringify(each)),
    fc.record({ room: fc.string(), template: fc.string(), a: fc.anything() }).map((each) => JSON.stringify(each)),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(message, { maxLength: 4 }), async (messages) => {
      const client = await busy().client();
      for (const each of messages) {
        const trace = await client.connection.receive(each);
        expect(trace?.steps.at(-1)?.note ?? '').not.toContain('The local gateway failed');
      }
      expect(client.closedWith).toBeUndefined();
      expect(client.messages.join()).not.toMatch(/\.ts:\d+/);
    }),
    { numRuns: 200 },
  );
});
