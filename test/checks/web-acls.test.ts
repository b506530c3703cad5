import { stageWebAcls } from '../../lib/checks/queries/web-acls';
import { modelOfTemplate } from '../template/sam/comparable';

const MANY = 100;

test('each association finds its web ACL, however many there are, and each is looked at once', () => {
  const resources = Object.fromEntries(
    Array.from({ length: MANY }, (_, index) => [
      [
        `Acl${index}`,
        { Type: 'AWS::WAFv2::WebACL', Properties: { Scope: 'REGIONAL', DefaultAction: { Allow: {} }, Rules: [] } },
      ],
      [
        `Association${index}`,
        {
          Type: 'AWS::WAFv2::WebACLAssociation',
          Properties: {
            WebACLArn: { 'Fn::GetAtt': [`Acl${index}`, 'Arn'] },
            ResourceArn: `arn:aws:apigateway:eu-west-1::/restapis/api/stages/s${index}`,
          },
        },
      ],
    ]).flat(),
  );
  const model = modelOfTemplate({ Resources: resources });
  expect(model.webAcls).toHaveLength(MANY);
  let looks = 0;
  const webAcls = model.webAcls.map((acl) => ({
    ...acl,
    get location() {
      looks++;
      return acl.location;
    },
  }));
  const found = [...stageWebAcls({ ...model, webAcls })];
  expect(looks).toBeLessThanOrEqual(2 * MANY);
  expect(found.map(({ webAcl }) => webAcl?.location.logicalId)).toEqual(
    found.map(({ association }) => association.location.logicalId.replace('Association', 'Acl')),
  );
});
