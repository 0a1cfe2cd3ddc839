using './main.bicep'

// What azd deploys: `azd env set NAME VALUE`, then `azd provision`. A value arrives as it was set, whatever characters it has;
// docs/operations.md says what each is. What is not set, or set to nothing, gets its default here.

// an app of the version before has a principal and no client id among the values that its deployment left
var earlier = !empty(readEnvironmentVariable('PARC_PRINCIPAL_ID', '')) && empty(readEnvironmentVariable(
  'PARC_CLIENT_ID',
  ''
))
var identitiesSet = readEnvironmentVariable('PARC_IDENTITIES', '')
var retentionSet = readEnvironmentVariable('PARC_RETENTION_DAYS', '')
var warmSet = readEnvironmentVariable('PARC_WARM_INSTANCES', '')
var statementSet = readEnvironmentVariable('PARC_APPROVAL_STATEMENT', '')
var stage1Set = readEnvironmentVariable('PARC_STAGE1_SCHEDULE', '')
var stage2Set = readEnvironmentVariable('PARC_STAGE2_SCHEDULE', '')
var stage3Set = readEnvironmentVariable('PARC_STAGE3_SCHEDULE', '')
var stage4Set = readEnvironmentVariable('PARC_STAGE4_SCHEDULE', '')
var breakGlassSet = readEnvironmentVariable('PARC_BREAKGLASS_SCHEDULE', '')
var skuSet = readEnvironmentVariable('PARC_STORAGE_SKU', '')
var publicAccessSet = readEnvironmentVariable('PARC_STORAGE_PUBLIC_NETWORK_ACCESS', '')
var workflowStateSet = readEnvironmentVariable('PARC_WORKFLOW_STATE', '')
var itemSet = readEnvironmentVariable('PARC_APPROVAL_ITEM', '')
// whoever deploys may look at the report that the deployment ends with, and start runs
var deployer = readEnvironmentVariable('AZURE_PRINCIPAL_ID', '')
var operatorsSet = readEnvironmentVariable('PARC_OPERATORS', '')

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param location = readEnvironmentVariable('AZURE_LOCATION')
param identities = empty(identitiesSet) ? (earlier ? 'both' : 'user') : identitiesSet

param emergencyAccounts = readEnvironmentVariable('PARC_EMERGENCY_ACCOUNTS', '')
param accountCategories = readEnvironmentVariable('PARC_ACCOUNT_CATEGORIES', '')
param exposedUsersGroup = readEnvironmentVariable('PARC_EXPOSED_USERS_GROUP', '')
param productionSubscriptions = readEnvironmentVariable('PARC_PRODUCTION_SUBSCRIPTIONS', '')
param workstationFilter = readEnvironmentVariable('PARC_WORKSTATION_FILTER', '')
param roadmapStart = readEnvironmentVariable('PARC_ROADMAP_START', '')
param graphEndpoint = readEnvironmentVariable('PARC_GRAPH_ENDPOINT', '')
param graphGranted = toLower(readEnvironmentVariable('PARC_GRAPH_GRANTED', '')) != 'false'

param retentionDays = int(empty(retentionSet) ? '400' : retentionSet)
param stage1Schedule = empty(stage1Set) ? '0 0 5 * * *' : stage1Set
param stage2Schedule = empty(stage2Set) ? '0 30 5 * * 1' : stage2Set
param stage3Schedule = empty(stage3Set) ? '0 0 6 * * 1' : stage3Set
param stage4Schedule = empty(stage4Set) ? '0 30 6 * * 1' : stage4Set
param breakGlassSchedule = empty(breakGlassSet) ? '0 30 4 * * *' : breakGlassSet

param entra = toLower(readEnvironmentVariable('PARC_ENTRA', '')) == 'true'
param apiClientId = readEnvironmentVariable('PARC_API_CLIENT_ID', '')
param apiAudience = readEnvironmentVariable('PARC_API_AUDIENCE', '')
param readers = readEnvironmentVariable('PARC_READERS', '')
param operators = empty(operatorsSet) ? deployer : operatorsSet
param readerKeys = readEnvironmentVariable('PARC_READER_KEYS', '')
param operatorKeys = readEnvironmentVariable('PARC_OPERATOR_KEYS', '')
param hookHosts = readEnvironmentVariable('PARC_HOOK_HOSTS', '')

param alertEmails = readEnvironmentVariable('PARC_ALERT_EMAILS', '')
param signInWorkspaceId = readEnvironmentVariable('PARC_SIGN_IN_WORKSPACE_ID', '')

param allowedAddressRanges = readEnvironmentVariable('PARC_ALLOWED_ADDRESS_RANGES', '')
param deploymentAddressRanges = readEnvironmentVariable('PARC_DEPLOYMENT_ADDRESS_RANGES', '')
param subnetId = readEnvironmentVariable('PARC_SUBNET_ID', '')
param privateEndpointSubnetId = readEnvironmentVariable('PARC_PRIVATE_ENDPOINT_SUBNET_ID', '')
param privateDnsZonesId = readEnvironmentVariable('PARC_PRIVATE_DNS_ZONES_ID', '')
param storagePublicNetworkAccess = empty(publicAccessSet) ? 'Enabled' : publicAccessSet
param storageSku = empty(skuSet) ? 'Standard_LRS' : skuSet
param lockHistory = toLower(readEnvironmentVariable('PARC_LOCK_HISTORY', '')) == 'true'
param warmInstances = int(empty(warmSet) ? '0' : warmSet)

param logicApps = readEnvironmentVariable('PARC_LOGIC_APPS', '')
param workflowState = empty(workflowStateSet) ? 'Disabled' : workflowStateSet
param workflowMailTo = readEnvironmentVariable('PARC_WORKFLOW_MAIL_TO', '')
param teamsGroupId = readEnvironmentVariable('PARC_TEAMS_GROUP_ID', '')
param teamsChannelId = readEnvironmentVariable('PARC_TEAMS_CHANNEL_ID', '')
param approver = readEnvironmentVariable('PARC_APPROVER', '')
param approvalItem = empty(itemSet) ? 'S2-15' : itemSet
param approvalStatement = int(empty(statementSet) ? '1' : statementSet)
