import { CfnResource, type IResource, Stack, Token } from 'aws-cdk-lib';
import { CfnAlias, type IKey } from 'aws-cdk-lib/aws-kms';
import { type CfnStateMachine, type IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { type Owner, show } from '../../authoring/errors';
import { type ServiceGrant } from '../service-roles';

/**
 * The permissions of a call for the resource's own key: the service uses it on behalf of the caller. Keys that AWS manages allow
 * every principal that may use the service.
 *
 * @throws if the key is known by an alias, since a policy that names an alias grants no permission
 */
export function keyGrants(
  key: IKey | undefined,
  actions: readonly string[],
  resource: IResource,
  owner: Owner,
): ServiceGrant[] {
  return key ? grantsOf(targetOf(key), actions, resource, owner) : [];
}

/**
 * The definition of a state machine is encrypted with its key, and read on behalf of the caller; an execution that continues
 * asynchronously has its input encrypted as well. The construct does not expose the key, but its resource does.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html
 */
export function machineKeyGrants(
  machine: IStateMachine,
  given: IKey | undefined,
  action: 'StartExecution' | 'StartSyncExecution' | 'DescribeExecution',
  owner: Owner,
): ServiceGrant[] {
  const actions = action === 'StartExecution' ? ['kms:Decrypt', 'kms:GenerateDataKey'] : ['kms:Decrypt'];
  if (given) return keyGrants(given, actions, machine, owner);
  const resource = machine.node.defaultChild as CfnStateMachine | undefined;
  const settings = resource?.encryptionConfiguration as CfnStateMachine.EncryptionConfigurationProperty | undefined;
  const id = Token.isUnresolved(settings) ? undefined : settings?.kmsKeyId;
  return id === undefined ? [] : grantsOf(arnOf(id, machine), actions, machine, owner);
}

/** The key's ARN for a value of `KmsKeyId`. */
function arnOf(id: string, machine: IStateMachine): string {
  const stack = Stack.of(machine);
  const alias = /\balias\/[\w/-]+/.exec(JSON.stringify(stack.resolve(id)))?.[0];
  if (alias !== undefined) return keyOfAlias(alias, stack) ?? `:${alias}`;
  if (Token.isUnresolved(id) || id.startsWith('arn:')) return id;
  const { region, account } = machine.env;
  return stack.formatArn({ service: 'kms', resource: 'key', resourceName: id, region, account });
}

/** The resource, but not the construct, has the name of an alias of this app. */
function keyOfAlias(name: string, stack: Stack): string | undefined {
  const aliases = stack.node.root.node.findAll().filter((one) => CfnResource.isCfnResource(one) && isAlias(one));
  return (aliases as CfnAlias[]).find(({ aliasName }) => aliasName === name)?.targetKeyId;
}

const isAlias = ({ cfnResourceType: type }: CfnResource): boolean => type === CfnAlias.CFN_RESOURCE_TYPE_NAME;

/** An alias of this app knows its key, one that is imported by name does not. */
function targetOf(key: IKey): string {
  try {
    const target = (key as { readonly aliasTargetKey?: IKey }).aliasTargetKey;
    return (target ?? key).keyArn;
  } catch {
    return key.keyArn;
  }
}

function grantsOf(arn: string, actions: readonly string[], resource: IResource, owner: Owner): ServiceGrant[] {
  const at = arn.indexOf(':alias/');
  const alias = at < 0 ? undefined : arn.slice(at + 1);
  if (alias?.startsWith('alias/aws/')) return [];
  if (alias !== undefined) {
    throw owner.error(
      `the key of "${resource.node.id}" is known by its alias ${show(alias)}, but a policy must name the key itself to grant permission; ` +
        `import the key: Key.fromKeyArn(this, 'Key', 'arn:…:key/…'), or Key.fromLookup(this, 'Key', { aliasName: '${alias}' })`,
    );
  }
  return [{ actions, resources: [arn] }];
}
