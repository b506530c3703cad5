/** A service's errors of status 400, and the responses of an API to them. */
export interface ServiceErrors {
  /**
   * Where the code is: `__type` of a JSON object, or anywhere in the body, before a quote or `</Code>`. A body that is not JSON cannot
   * be read by a JSON path.
   */
  readonly codeAt: '__type' | 'body';
  /** Code → status of the response. A code is matched by its end; the first match applies. */
  readonly codes: Readonly<Record<string, number>>;
  /** The response to a failed condition if there is no item, in place of the one in `codes`; DynamoDB only. */
  readonly missingItem?: number;
  /** Whether throttling may have another status than 400, 429 and 503; other errors with such a status are ours. */
  readonly throttledElsewhere?: boolean;
  /** The response to codes that are not listed: 500 if the client's errors are known, otherwise 400. */
  readonly otherwise: 400 | 500;
}

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html */
const DYNAMODB = {
  ValidationException: 400,
  ProvisionedThroughputExceededException: 503,
  RequestLimitExceeded: 503,
  ThrottlingException: 503,
};

/**
 * The errors of the services that have their own integration. Those that use JSON respond with 400 to a missing permission, too. Errors that the client did not
 * cause, permissions, keys and names, are 500, and those that a retry may solve are 503.
 */
export const SERVICE_ERRORS = {
  dynamodb: { codeAt: '__type', codes: DYNAMODB, otherwise: 500 },
  dynamodbWrite: {
    codeAt: '__type',
    codes: {
      ConditionalCheckFailedException: 409,
      TransactionConflictException: 409,
      ReplicatedWriteConflictException: 409,
      ItemCollectionSizeLimitExceededException: 413,
      ...DYNAMODB,
    },
    otherwise: 500,
  },
  /** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/CommonErrors.html */
  events: {
    codeAt: '__type',
    codes: { ValidationException: 400, ThrottlingException: 503 },
    otherwise: 500,
  },
  /** @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html#API_PutRecord_Errors */
  kinesis: {
    codeAt: '__type',
    codes: {
      ValidationException: 400,
      InvalidArgumentException: 400,
      ProvisionedThroughputExceededException: 503,
      ThrottlingException: 503,
    },
    otherwise: 500,
  },
  /** @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
  s3: {
    codeAt: 'body',
    codes: {
      EntityTooLarge: 413,
      KeyTooLongError: 400,
      MetadataTooLarge: 400,
      InvalidURI: 400,
      InvalidArgument: 400,
      IncompleteBody: 400,
      RequestTimeout: 503,
    },
    otherwise: 500,
  },
  /** @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html#API_Publish_Errors */
  sns: {
    codeAt: 'body',
    codes: {
      InvalidParameter: 400,
      ParameterValueInvalid: 400,
      ValidationException: 400,
      ValidationError: 400,
      KMSThrottling: 503,
      Throttling: 503,
      ThrottlingException: 503,
      Throttled: 503,
    },
    otherwise: 500,
  },
  /** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html#API_SendMessage_Errors */
  sqs: {
    throttledElsewhere: true,
    codeAt: 'body',
    codes: {
      InvalidMessageContents: 400,
      InvalidParameterValue: 400,
      InvalidParameterCombination: 400,
      InvalidAttributeValue: 400,
      MissingParameter: 400,
      EmptyValue: 400,
      RequestThrottled: 503,
      KmsThrottled: 503,
      'KMS.ThrottlingException': 503,
      ThrottlingException: 503,
      Throttling: 503,
    },
    otherwise: 500,
  },
  /** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html#API_StartExecution_Errors */
  states: {
    codeAt: '__type',
    codes: {
      ExecutionAlreadyExists: 409,
      InvalidExecutionInput: 400,
      InvalidName: 400,
      ValidationException: 400,
      ExecutionLimitExceeded: 503,
      ThrottlingException: 503,
    },
    otherwise: 500,
  },
  /** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html#API_DescribeExecution_Errors */
  executions: {
    codeAt: '__type',
    codes: { ExecutionDoesNotExist: 404, InvalidArn: 400, ValidationException: 400, ThrottlingException: 503 },
    otherwise: 500,
  },
  /**
   * Of any service: its own errors are not known here, so only those that all services share are distinguished.
   *
   * @see https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
   */
  any: {
    codeAt: 'body',
    codes: {
      Throttling: 503,
      ThrottlingException: 503,
      ThrottledException: 503,
      Throttled: 503,
      RequestLimitExceeded: 503,
      TooManyRequestsException: 503,
      ProvisionedThroughputExceededException: 503,
      BandwidthLimitExceeded: 503,
      PriorRequestNotComplete: 503,
      SlowDown: 503,
      KMSDisabled: 500,
      KMSInvalidState: 500,
      KMSNotFound: 500,
      KMSDisabledException: 500,
      KMSInvalidStateException: 500,
      KMSNotFoundException: 500,
      'KMS.DisabledException': 500,
      'KMS.InvalidStateException': 500,
      'KMS.InvalidKeyUsageException': 500,
      'KMS.NotFoundException': 500,
      KmsDisabled: 500,
      KmsInvalidState: 500,
      KmsInvalidStateException: 500,
      KmsInvalidKeyUsage: 500,
      KmsNotFound: 500,
      KmsAccessDenied: 500,
      AccessDenied: 500,
      AccessDeniedException: 500,
      AuthorizationError: 500,
      AuthorizationErrorException: 500,
      UnauthorizedOperation: 500,
      UnauthorizedAccess: 500,
      UnrecognizedClientException: 500,
      InvalidClientTokenId: 500,
      InvalidSignatureException: 500,
      SignatureDoesNotMatch: 500,
      IncompleteSignature: 500,
      IncompleteSignatureException: 500,
      MissingAuthenticationToken: 500,
      MissingAuthenticationTokenException: 500,
      ExpiredToken: 500,
      ExpiredTokenException: 500,
      RequestExpired: 500,
      OptInRequired: 500,
      SubscriptionRequiredException: 500,
      InvalidAction: 500,
      MissingAction: 500,
      UnknownOperationException: 500,
      UnknownOperation: 500,
    },
    otherwise: 400,
  },
} satisfies Readonly<Record<string, ServiceErrors>>;

/**
 * Why EventBridge rejected an event although its response is 200. The rest, permissions and the like, is 502.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsResultEntry.html
 */
export const PUT_EVENTS_ENTRY_ERRORS: Readonly<Record<string, number>> = {
  MalformedDetail: 400,
  InvalidArgument: 400,
  ThrottlingException: 503,
  InternalFailure: 503,
};
