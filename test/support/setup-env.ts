// The CloudFormation engine costs seconds per test file: the tests that are about it call it themselves.
process.env.CDK_VALIDATION = 'false';
process.env.CDK_DISABLE_STACK_TRACE = '1';
