import { createHash } from 'node:crypto';
import { Names, Stack, Stage, Token } from 'aws-cdk-lib';
import { CfnVpcLink as CfnVpcLinkV1 } from 'aws-cdk-lib/aws-apigateway';
import { CfnVpcLink } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  Connections,
  type IConnectable,
  type ISecurityGroup,
  type ISubnet,
  type IVpc,
  Peer,
  Port,
  SecurityGroup,
  type SubnetSelection,
} from 'aws-cdk-lib/aws-ec2';
import { type INetworkLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct, type IConstruct } from 'constructs';
import { SUBNETS_PER_VPC_LINK } from '../facts/quotas';
import { type Owner } from '../authoring/errors';

/** The links of a stack. */
const LINKS_ID = 'ApiGatewayVpcLinks';
/** Maximum characters of a link's name. */
const LINK_NAME_MAX = 128;

/** The place of the network interfaces of a VPC link V2. */
export interface VpcLinkPlace {
  readonly vpc: IVpc;
  /** Private subnets by default. */
  readonly subnets?: SubnetSelection;
  /** A new one for the link by default. */
  readonly securityGroups?: readonly ISecurityGroup[];
}

/** A VPC link V2 for integrations. */
export interface SharedVpcLink {
  readonly id: string;
  /** Opens only the port between the link and the load balancer; the user's security groups are not changed. */
  allowTo(target: IConnectable | undefined, port: number, owner: Owner): void;
}

/**
 * The VPC links of one stack, each shared by all APIs of the stack: a link V2 for each VPC, set of subnets and set of
 * security groups, and a link V1 for each Network Load Balancer.
 */
export class VpcLinks extends Construct {
  public static of(scope: IConstruct): VpcLinks {
    const stack = Stack.of(scope);
    return (stack.node.tryFindChild(LINKS_ID) as VpcLinks | undefined) ?? new VpcLinks(stack, LINKS_ID);
  }

  private readonly v2Links = new Map<string, SharedVpcLink>();
  private readonly v1Links = new Map<string, string>();

  private constructor(scope: Construct, id: string) {
    super(scope, id);
  }

  /** The link V2 for this place. */
  public v2(place: VpcLinkPlace, owner: Owner): SharedVpcLink {
    const subnets = subnetsOf(place, owner);
    const groups = place.securityGroups ?? [];
    const vpc = this.nameOf(place.vpc, place.vpc.vpcId);
    const identity = [
      vpc,
      subnets.map((subnet) => this.nameOf(subnet, subnet.subnetId)).sort(),
      groups.map((group) => this.nameOf(group, group.securityGroupId)).sort(),
    ];
    // Another place creates another id, so the API is deployed again: a link cannot change, and its successor has a new id.
    const key = `${vpc}-${createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 8)}`;
    const link = this.v2Links.get(key) ?? new V2Link(this, constructId(key), place, subnets);
    this.v2Links.set(key, link);
    return link;
  }

  /** The id of the link V1 to this load balancer. */
  public v1(loadBalancer: INetworkLoadBalancer): string {
    const { loadBalancerArn } = loadBalancer;
    const key = `${this.nameOf(loadBalancer, loadBalancerArn.split('/').slice(-2).join('-'))}-V1`;
    const id = this.v1Links.get(key) ?? this.makeV1(constructId(key), loadBalancerArn);
    this.v1Links.set(key, id);
    return id;
  }

  private makeV1(key: string, loadBalancerArn: string): string {
    const scope = new Construct(this, key);
    return new CfnVpcLinkV1(scope, 'Link', { name: linkName(scope), targetArns: [loadBalancerArn] }).ref;
  }

  /** The physical id if it is known, so two imports of one resource are the same; else the place in the stack, or in the app. */
  private nameOf(construct: IConstruct, id: string): string {
    if (!Token.isUnresolved(id)) return id;
    const within = Stack.of(construct) === Stack.of(this) ? Stack.of(this) : Stage.of(construct);
    return construct.node.path.slice(within?.node.path.length).replace(/^\//, '');
  }
}

const constructId = (key: string): string => key.replaceAll('/', '-');

/** A link V2, with a new security group if none is passed. */
class V2Link extends Construct implements SharedVpcLink {
  public readonly id: string;
  private readonly group?: SecurityGroup;
  private readonly opened = new Set<string>();

  constructor(
    scope: Construct,
    id: string,
    private readonly place: VpcLinkPlace,
    subnets: readonly ISubnet[],
  ) {
    super(scope, id);
    if (!place.securityGroups) {
      this.group = new SecurityGroup(this, 'SecurityGroup', {
        vpc: place.vpc,
        description: 'API Gateway to the load balancers of its private integrations',
        allowAllOutbound: false,
      });
    }
    const groups = this.group ? [this.group] : (place.securityGroups ?? []);
    this.id = new CfnVpcLink(this, 'Link', {
      name: linkName(this),
      subnetIds: subnets.map(({ subnetId }) => subnetId),
      securityGroupIds: groups.map(({ securityGroupId }) => securityGroupId),
    }).ref;
  }

  public allowTo(target: IConnectable | undefined, port: number, owner: Owner): void {
    if (!this.group) return;
    const groups = target?.connections.securityGroups ?? [];
    const peers = groups.length > 0 ? groups.map(({ node }) => node.path) : ['VPC'];
    const key = `${peers.join()} ${port}`;
    if (this.opened.has(key)) return;
    this.opened.add(key);
    if (target && groups.length > 0) {
      // In this direction, CDK puts both rules into the stack of the link, whichever stack the load balancer belongs to.
      new Connections({ securityGroups: [this.group] }).allowTo(
        target,
        Port.tcp(port),
        'API Gateway to the load balancer',
      );
      return;
    }
    this.group.addEgressRule(
      Peer.ipv4(cidrOf(this.place.vpc, owner)),
      Port.tcp(port),
      'API Gateway to the load balancer',
    );
  }
}

function linkName(scope: Construct): string {
  return Names.uniqueResourceName(scope, { maxLength: LINK_NAME_MAX, separator: '-' });
}

function subnetsOf({ vpc, subnets }: VpcLinkPlace, owner: Owner): ISubnet[] {
  const found = subnets ? vpc.selectSubnets(subnets).subnets : privateSubnets(vpc, owner);
  if (found.length === 0) {
    throw owner.error(
      `subnets selects no subnet of the VPC "${vpc.node.path}"; use a group or type that it has, or pass the subnets themselves`,
    );
  }
  if (found.length > SUBNETS_PER_VPC_LINK) {
    throw owner.error(
      `a VPC link supports ${SUBNETS_PER_VPC_LINK} subnets, but ${found.length} of "${vpc.node.path}" are selected; select fewer, e.g. subnets: { onePerAz: true }, ` +
        'or raise the quota "Subnets per VPC link" and pass an existing link as vpcLink',
    );
  }
  return found;
}

function privateSubnets(vpc: IVpc, owner: Owner): ISubnet[] {
  const found = vpc.privateSubnets.length > 0 ? vpc.privateSubnets : vpc.isolatedSubnets;
  if (found.length === 0) {
    throw owner.error(
      `the VPC "${vpc.node.path}" has no private subnet for the VPC link; set subnets, e.g. subnets: { subnetGroupName: 'Services' }`,
    );
  }
  return found;
}

function cidrOf(vpc: IVpc, owner: Owner): string {
  try {
    return vpc.vpcCidrBlock;
  } catch {
    throw owner.error(
      `the load balancer has no known security group, and the VPC "${vpc.node.path}" no known CIDR block, so the VPC link cannot get access to it; ` +
        'import one of them with it (loadBalancerSecurityGroups, vpcCidrBlock), or set securityGroups for the link',
    );
  }
}
