/** Template JSON in a test may be anything. */
export interface Json {
  [key: string]: Json;
}

/** A template with handles for the places that tests change. */
export class Draft {
  constructor(public readonly template: Json) {}

  public get resources(): Json {
    return this.template.Resources;
  }

  public props(logicalId: string): Json {
    return this.resources[logicalId].Properties;
  }

  public set(logicalId: string, changes: object): void {
    Object.assign(this.props(logicalId), changes);
  }

  public unset(logicalId: string, ...names: string[]): void {
    names.forEach((name) => delete this.props(logicalId)[name]);
  }

  public add(logicalId: string, Type: string, Properties: object = {}, more: object = {}): void {
    Object.assign(this.resources, { [logicalId]: { Type, Properties, ...more } });
  }

  public get integration(): Json {
    return this.props('GetOrder').Integration;
  }

  public get body(): Json {
    return this.props('Api').Body;
  }

  public operation(verb: string, path: string): Json {
    return this.body.paths[path][verb];
  }

  /** The integration of an operation. */
  public call(verb: string, path: string): Json {
    return this.operation(verb, path)['x-amazon-apigateway-integration'];
  }

  /** The integration that the routes of an HTTP API share: of resources, or of a Body. */
  public get sharedIntegration(): Json {
    return this.body ? this.body.components['x-amazon-apigateway-integrations'].fn : this.props('Integration');
  }

  /** The authorizer of a Body. */
  public get scheme(): Json {
    return this.body.components.securitySchemes.users['x-amazon-apigateway-authorizer'];
  }

  public get stage(): Json {
    return this.props('Stage');
  }

  /** The setting for all methods. */
  public get wide(): Json {
    return this.stage.MethodSettings[0];
  }

  /** The setting of GET /orders/{id}. */
  public get narrow(): Json {
    return this.stage.MethodSettings[1];
  }
}
