import { ref, resource } from '../template/source-of';
import { between, changed, type Loose, shop, sourceWith } from './shop';

const edited = (edit: (r: Loose) => void, sections: Loose = {}) => {
  const resources = shop();
  edit(resources);
  return sourceWith(resources, sections);
};

const seen = (before: ReturnType<typeof edited>, after: ReturnType<typeof edited>) =>
  between(before, after).map(({ class: name, subject, aspect }) => `${name} | ${subject} | ${aspect}`);

describe('a value that only the deployment knows', () => {
  const limit = (value: unknown) => (r: Loose) => (r.Plan.Properties.Quota.Limit = value);
  const parameters = (value: number) => ({ Parameters: { Quota: { Type: 'Number', Default: value } } });

  test('is the same if it is written the same', () => {
    const one = edited(limit(ref('Quota')), parameters(5));
    expect(seen(one, structuredClone(one))).toEqual([]);
    const imported = edited(limit({ 'Fn::ImportValue': 'quota' }));
    expect(seen(imported, structuredClone(imported))).toEqual([]);
  });

  test('is unknown against a number, either way', () => {
    const [unknown, known] = [edited(limit(ref('Quota')), parameters(5)), changed([])];
    expect(seen(unknown, known)).toEqual(['unknown | basic | quota']);
    expect(seen(known, unknown)).toEqual(['unknown | basic | quota']);
  });

  test('is unknown if it is written otherwise, or if what it depends on is', () => {
    const expected = ['unknown | basic | quota'];
    const imports = ['a', 'b'].map((name) => edited(limit({ 'Fn::ImportValue': name })));
    expect(seen(imports[0], imports[1])).toEqual(expected);
    const defaults = [5, 6].map((value) => edited(limit(ref('Quota')), parameters(value)));
    expect(seen(defaults[0], defaults[1])).toEqual(expected);
    const conditions = ['a', 'b'].map((name) =>
      edited(limit({ 'Fn::If': ['Big', 9, 1] }), { Conditions: { Big: { 'Fn::Equals': [ref('AWS::Region'), name] } } }),
    );
    expect(seen(conditions[0], conditions[1])).toEqual(expected);
  });

  test('does not hide what is known beside it', () => {
    const before = edited(limit({ 'Fn::ImportValue': 'a' }));
    const after = edited((r) => {
      limit({ 'Fn::ImportValue': 'a' })(r);
      r.Plan.Properties.Throttle.RateLimit = 1;
    });
    expect(seen(before, after)).toEqual(['breaking | basic | rate limit']);
  });

  test('in a list makes the list unknown', () => {
    const origins = (list: unknown) => edited((r) => (r.Web.Properties.CorsConfiguration.AllowOrigins = list));
    expect(seen(origins({ 'Fn::Split': [',', { 'Fn::ImportValue': 'a' }] }), changed([]))).toEqual([
      'unknown | HTTP API | CORS origin',
    ]);
  });

  test('in a list may be what is written on the other side', () => {
    const pools = (list: unknown[]) =>
      edited((r) => {
        const { securitySchemes } = r.Api.Properties.Body.components;
        securitySchemes.pool['x-amazon-apigateway-authorizer'].providerARNs = list;
      });
    const arn = 'arn:aws:cognito-idp:eu-west-1:111111111111:userpool/a';
    const expected = ['unknown | pool | user pool', 'unknown | pool | user pool'];
    expect(seen(changed([]), pools([arn]))).toEqual(expected);
    // Of one more, and of one literal instead of another, there is no doubt.
    expect(seen(changed([]), pools([{ 'Fn::GetAtt': ['Users', 'Arn'] }, arn]))).toEqual(['opening | pool | user pool']);
    expect(seen(pools([arn]), pools([`${arn}b`]))).toEqual([
      'breaking | pool | user pool',
      'opening | pool | user pool',
    ]);
  });

  test('of an authorizer', () => {
    const after = edited((r) => (r.ChatConnect.Properties.AuthorizationType = { 'Fn::ImportValue': 'type' }));
    expect(seen(changed([]), after)).toEqual(['unknown | $connect | authorization']);
  });
});

test('a condition decides whether a route exists', () => {
  const conditional = (condition: string) =>
    edited((r) => (r.ChatSend.Condition = condition), {
      Conditions: { A: { 'Fn::Equals': [ref('AWS::Region'), 'a'] }, B: { 'Fn::Equals': [ref('AWS::Region'), 'b'] } },
    });
  expect(seen(changed([]), conditional('A'))).toEqual(['unknown | send | exists']);
  expect(seen(conditional('A'), conditional('B'))).toEqual(['unknown | send | exists']);
  expect(seen(conditional('A'), changed([]))).toEqual(['harmless | send | exists']);
  expect(seen(conditional('A'), conditional('A'))).toEqual([]);
});

test('a definition that is elsewhere', () => {
  const elsewhere = (Key: string) =>
    edited((r) => {
      delete r.Api.Properties.Body;
      r.Api.Properties.BodyS3Location = { Bucket: 'b', Key };
    });
  expect(seen(elsewhere('a'), elsewhere('a'))).toEqual([]);
  expect(seen(elsewhere('a'), elsewhere('b'))).toContain('unknown | REST API | definition');
});

describe('a new version', () => {
  const version = (id: string) =>
    edited((r) => {
      r[id] = resource('AWS::Lambda::Version', { FunctionName: ref('Fn') });
      r.WebIntegration.Properties.IntegrationUri = ref(id);
    });

  test('of the function is no other back end', () => {
    expect(seen(version('VersionA'), version('VersionB'))).toEqual([]);
  });

  test('instead of the function is', () => {
    expect(seen(changed([]), version('VersionA'))).toEqual(['unknown | GET /items/{id} | integration']);
  });
});
