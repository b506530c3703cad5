import { type Stack } from 'aws-cdk-lib';
import { type IVpcLink } from 'aws-cdk-lib/aws-apigatewayv2';
import { type IConnectable, type ISecurityGroup, type IVpc, type SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { type Owner } from '../authoring/errors';
import { VpcLinks } from './vpc-links';

/**
 * The VPC link V2 of a private integration. Integrations of one stack with the same VPC, subnets and security groups share one
 * link. A link cannot be changed: other subnets or security groups create a new one, the API is deployed to it, and the old one
 * is removed.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-links-v2.html
 */
export interface VpcLinkOptions {
  /**
   * VPC of the load balancer. Required if an imported listener or load balancer does not contain it.
   *
   * @default - the VPC of the load balancer
   */
  readonly vpc?: IVpc;

  /**
   * Subnets for the network interfaces of the link, at most 10.
   *
   * @default - the private subnets of the VPC; if it has none, the isolated ones
   */
  readonly subnets?: SubnetSelection;

  /**
   * Security groups of the link. You then manage their rules, and those of the load balancer: outbound and inbound,
   * for the port of the listener.
   *
   * @default - a group without inbound rules and with only the listener's port outbound, and a rule for it in the group of the load balancer
   */
  readonly securityGroups?: ISecurityGroup[];

  /**
   * An existing VPC link V2, instead of `vpc`, `subnets` and `securityGroups`. No security group is changed.
   *
   * @default - one for each VPC, shared in the stack
   */
  readonly vpcLink?: IVpcLink;
}

/** The target of a link. */
export interface LinkedTarget {
  /** Its name in errors. */
  readonly label: string;
  readonly vpc?: IVpc;
  readonly connectable?: IConnectable;
}

/** The id of the link V2, with access to the target. @throws if the options contradict each other, or the VPC is unknown */
export function openedLink(
  target: LinkedTarget,
  port: number,
  options: VpcLinkOptions,
  { owner, stack }: { readonly owner: Owner; readonly stack: Stack },
): string {
  const { vpcLink, subnets, securityGroups, vpc = target.vpc } = options;
  if (vpcLink) {
    const beside = (['vpc', 'subnets', 'securityGroups'] as const).filter((name) => options[name] !== undefined);
    if (beside.length > 0) {
      throw owner.error(
        `vpcLink is an existing link, and ${beside.join(', ')} would create another one; set one or the other`,
      );
    }
    return vpcLink.vpcLinkId;
  }
  if (!vpc) {
    throw owner.error(
      `the VPC of the ${target.label} is unknown, because it is imported; set it: vpc: Vpc.fromLookup(…)`,
    );
  }
  if (securityGroups?.length === 0) {
    throw owner.error(
      'securityGroups is empty; a VPC link without a security group allows all outbound traffic. Leave it out for a new group',
    );
  }
  const link = VpcLinks.of(stack).v2({ vpc, subnets, securityGroups }, owner);
  link.allowTo(target.connectable, port, owner);
  return link.id;
}
