import { circleIn } from './cycles';

const made = (resources: Record<string, object>) => ({ Resources: resources });

test.each([
  ['Ref', { A: { Properties: { x: [{ Ref: 'B' }] } }, B: { Properties: { y: { Ref: 'A' } } } }],
  ['Fn::GetAtt', { A: { Properties: { x: { 'Fn::GetAtt': ['A', 'Arn'] } } } }],
  ['Fn::GetAtt as text', { A: { Properties: { x: { 'Fn::GetAtt': 'B.Arn' } } }, B: { DependsOn: 'A' } }],
  ['Fn::Sub', { A: { Properties: { x: { 'Fn::Sub': 'arn:${!B}:${B.Arn}' } } }, B: { DependsOn: ['A'] } }],
])('a circle over %s is seen', (_, resources) => {
  expect(circleIn(made(resources))).toEqual(expect.arrayContaining(['A']));
});

test('what is no reference is none', () => {
  const text = { 'Fn::Sub': ['${!A} ${B} ${AWS::Region}', { B: 'x' }] };
  expect(circleIn(made({ A: { Properties: { text, Ref2: 'A' } }, B: { DependsOn: 'A' } }))).toBeUndefined();
});
