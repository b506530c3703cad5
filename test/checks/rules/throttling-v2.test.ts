import { breaks, type Draft, findings, goodWebSocket, keeps, type Json } from '../support';

const stage = (change: (settings: Json, draft: Draft) => void) => {
  const applied = (draft: Draft): void => change(draft.stage.DefaultRouteSettings, draft);
  return { http: applied, webSocket: applied };
};
const wide = (changes: object) => stage((settings) => Object.assign(settings, changes));
const route = (key: string, changes: object) =>
  stage((_, draft) => Object.assign(draft.stage, { RouteSettings: { [key]: changes } }));
const few = { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 };

describe('throttles of stages', () => {
  breaks('ALL-THR1', 'no rate', wide({ ThrottlingRateLimit: undefined }));
  breaks('ALL-THR1', 'no burst', wide({ ThrottlingBurstLimit: undefined }));
  breaks('ALL-THR1', 'a stage whose API is imported', {
    http: (draft) => draft.set('Stage', { ApiId: 'abc123', DefaultRouteSettings: { DetailedMetricsEnabled: true } }),
  });
  keeps('ALL-THR1', 'what only the deployment knows', wide({ ThrottlingRateLimit: { Ref: 'Rate' } }));
  keeps('ALL-THR1', 'settings that only the deployment knows', {
    http: (draft) => draft.set('Stage', { DefaultRouteSettings: { 'Fn::ImportValue': 'settings' } }),
  });

  breaks('ALL-THR2', 'a rate of zero', wide({ ThrottlingRateLimit: 0 }));
  breaks('ALL-THR2', 'a burst of zero for a route', {
    http: (draft) => Object.assign(draft.stage.RouteSettings['GET /orders/{id}'], { ThrottlingBurstLimit: 0 }),
    webSocket: (draft) => Object.assign(draft.stage.RouteSettings.sendMessage, { ThrottlingBurstLimit: '0' }),
  });
  keeps('ALL-THR2', 'less than one a second', wide({ ThrottlingRateLimit: 0.5, ThrottlingBurstLimit: 1 }));

  breaks('ALL-THR3', 'more than an account has', wide({ ThrottlingRateLimit: 10001, ThrottlingBurstLimit: 5000 }));
  keeps('ALL-THR3', 'all that an account has', wide({ ThrottlingRateLimit: 10000, ThrottlingBurstLimit: 5000 }));

  breaks('ALL-THR4', 'a burst far below the rate', wide({ ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 50 }));
  keeps('ALL-THR4', 'a burst of a tenth', wide({ ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 100 }));
});

describe('V2-THR5', () => {
  breaks('V2-THR5', 'a route that is not there', route('GET /order', few));
  breaks('V2-THR5', 'a route that is made after the stage', {
    httpResources: (draft) => delete (draft.resources.Stage as Partial<Json>).DependsOn,
    webSocket: (draft) => {
      const { Stage, Deployment } = draft.resources as unknown as Record<string, { DependsOn: string[] }>;
      Stage.DependsOn = ['Account'];
      Deployment.DependsOn = ['Connect', 'Disconnect', 'Default'];
    },
    also: [],
  });
  keeps('V2-THR5', 'a route of the Body, which is there with the API', {
    httpBody: (draft) => Object.assign(draft.stage, { RouteSettings: { 'POST /orders': few, 'GET /orders': few } }),
  });
  keeps('V2-THR5', 'a route that the deployment waits for', {
    webSocket: (draft) => Object.assign(draft.resources.Stage, { DependsOn: ['Account'] }),
  });
  keeps('V2-THR5', 'routes that cannot be told', {
    httpResources: (draft) => {
      draft.set('ListOrders', { RouteKey: { 'Fn::ImportValue': 'key' } });
      draft.set('Stage', { RouteSettings: { 'GET /other': few } });
    },
    httpBody: (draft) => {
      draft.set('Api', { Body: undefined, BodyS3Location: { Bucket: 'b', Key: 'k' }, FailOnWarnings: true });
      draft.set('Stage', { RouteSettings: { 'GET /other': few } });
    },
  });
  keeps('V2-THR5', 'an imported API', {
    http: (draft) => draft.set('Stage', { ApiId: 'abc123', RouteSettings: { 'GET /other': few } }),
  });
  test('V2-THR5 offers what was meant, and has the route as its key', () => {
    const draft = goodWebSocket();
    draft.set('Stage', { RouteSettings: { sendMesage: few } });
    expect(findings(draft.template)).toMatchObject([
      {
        id: 'V2-THR5',
        severity: 'error',
        key: 'sendMesage',
        message: expect.stringContaining('sendMessage') as string,
      },
    ]);
  });
});
