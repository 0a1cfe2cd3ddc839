// PARC in a subscription of its own choice: a resource group and everything in it. `azd up` deploys this file.
// Whoever may only write to a resource group deploys app.bicep there instead.
targetScope = 'subscription'

@description('Name of the environment; it is part of the name of the resource group.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('Region of all resources; it must offer the Flex Consumption plan.')
@minLength(1)
param location string

@description('Name of the resource group; made if it does not exist.')
param resourceGroupName string = 'rg-${environmentName}'

@description('Object ids or sign-in names of the emergency access accounts, separated by commas.')
param emergencyAccounts string = ''

@description('What accounts are for where PARC cannot tell: a list of <object id>=<category>.')
param accountCategories string = ''

@description('Object id of the group of highly exposed users.')
param exposedUsersGroup string = ''

@description('Ids of the subscriptions that host production, separated by spaces or commas.')
param productionSubscriptions string = ''

@description('Device filter rule by which Conditional Access knows a privileged access workstation.')
param workstationFilter string = ''

@description('Day on which the roadmap was begun, like 2026-01-31; gives each stage its deadline.')
param roadmapStart string = ''

@description('SHA-256 digests, in hexadecimal, of keys that may read; only where App Service authentication is off.')
param readerKeys string = ''

@description('SHA-256 digests, in hexadecimal, of keys that may also write; only where App Service authentication is off.')
param operatorKeys string = ''

@description('Hosts, beside those of Logic Apps, to which change events may be delivered.')
param hookHosts string = ''

@description('How many days runs are kept.')
@minValue(1)
@maxValue(36500)
param retentionDays int = 400

@description('When each stage is run: NCRONTAB, six fields, UTC.')
param stage1Schedule string = '0 0 5 * * *'
param stage2Schedule string = '0 30 5 * * 1'
param stage3Schedule string = '0 0 6 * * 1'
param stage4Schedule string = '0 30 6 * * 1'
param breakGlassSchedule string = '0 30 4 * * *'

@description('Mail addresses that alerts go to, separated by commas; without any, alerts only show in the portal.')
param alertEmails string = ''

@description('Client id of an app registration of your own that callers get tokens for; empty: that of entra, or keys.')
param apiClientId string = ''

@description('Application ID URI of that app registration; empty: the one that api-registration.bicep gives it in this resource group.')
param apiAudience string = ''

@description('Address ranges or service tags that may call the API, like 203.0.113.0/24,LogicApps, separated by commas; empty: everybody may try.')
param allowedAddressRanges string = ''

@description('Resource id of a subnet, delegated to Microsoft.App/environments, that the app sends through; empty: none.')
param subnetId string = ''

@description('Whether the storage account answers outside of private endpoints that you made yourself.')
@allowed(['Enabled', 'Disabled'])
param storagePublicNetworkAccess string = 'Enabled'

@description('How the storage account is replicated; not every region has zones.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS'])
param storageSku string = 'Standard_LRS'

@description('Microsoft Graph of the tenant; by default that of the cloud deployed to.')
param graphEndpoint string = ''

@description('Whether the identity was granted a permission of Microsoft Graph; false: PARC does not ask it, so that no token without permissions is kept for a day. docs/deploy.md, Grant the permissions.')
param graphGranted bool = true

@description('Sample workflows of Logic Apps to deploy, like weekly-report,regression-card: docs/logic-apps.md; empty: none.')
param logicApps string = ''

@description('Which identity the app has: user, the one that this template makes; both, while an app of an earlier version still reads the tenant by its system-assigned identity. docs/deploy.md, Upgrade.')
@allowed(['user', 'both'])
param identities string = 'user'

@description('Whether the app registration for callers is made here; who deploys must be allowed to register applications.')
param entra bool = false

@description('Object ids of people or groups that may read the report, separated by commas; with entra only.')
param readers string = ''

@description('Object ids of people or groups that may also decide and start runs, separated by commas; with entra only.')
param operators string = ''

@description('Address ranges or service tags that may upload a package, separated by commas; empty: those that may call the API.')
param deploymentAddressRanges string = ''

@description('Resource id of a subnet for private endpoints of the storage account; empty: none are made.')
param privateEndpointSubnetId string = ''

@description('Resource id of a resource group that has the private DNS zones of blob, queue and table already; empty: they are made.')
param privateDnsZonesId string = ''

@description('Whether a lock keeps the storage account, and so the history in it, from being deleted.')
param lockHistory bool = false

@description('Resource id of the Log Analytics workspace that receives the sign-in logs of Entra ID: alerts on sign-ins of emergency accounts; empty: none.')
param signInWorkspaceId string = ''

@description('Whether the sample workflows run: Enabled once their connections are signed in.')
@allowed(['Enabled', 'Disabled'])
param workflowState string = 'Disabled'

@description('Mail addresses of the weekly report, separated by commas; empty: those of the alerts.')
param workflowMailTo string = ''

@description('Id of the team, and of its channel, in which the workflow posts regressions.')
param teamsGroupId string = ''
param teamsChannelId string = ''

@description('Mail address of the person whom the workflow asks to attest, the item, and the number of its statement.')
param approver string = ''
param approvalItem string = 'S2-15'
@minValue(1)
param approvalStatement int = 1

@description('Day of the deployment; alerts on what takes a day or two wait that long after it.')
param deployedOn string = utcNow('yyyy-MM-dd')

@description('Instances kept warm for HTTP calls. Each is billed all month.')
@minValue(0)
@maxValue(5)
param warmInstances int = 0

var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: resourceGroupName
  location: location
  tags: tags
}

module app 'app.bicep' = {
  name: 'parc'
  scope: group
  params: {
    location: location
    tags: tags
    emergencyAccounts: emergencyAccounts
    accountCategories: accountCategories
    exposedUsersGroup: exposedUsersGroup
    productionSubscriptions: productionSubscriptions
    workstationFilter: workstationFilter
    roadmapStart: roadmapStart
    readerKeys: readerKeys
    operatorKeys: operatorKeys
    hookHosts: hookHosts
    retentionDays: retentionDays
    stage1Schedule: stage1Schedule
    stage2Schedule: stage2Schedule
    stage3Schedule: stage3Schedule
    stage4Schedule: stage4Schedule
    breakGlassSchedule: breakGlassSchedule
    alertEmails: alertEmails
    apiClientId: apiClientId
    apiAudience: apiAudience
    allowedAddressRanges: allowedAddressRanges
    subnetId: subnetId
    storagePublicNetworkAccess: storagePublicNetworkAccess
    storageSku: storageSku
    graphEndpoint: graphEndpoint
    graphGranted: graphGranted
    logicApps: logicApps
    warmInstances: warmInstances
    deployedOn: deployedOn
    identities: identities
    entra: entra
    readers: readers
    operators: operators
    deploymentAddressRanges: deploymentAddressRanges
    privateEndpointSubnetId: privateEndpointSubnetId
    privateDnsZonesId: privateDnsZonesId
    lockHistory: lockHistory
    signInWorkspaceId: signInWorkspaceId
    workflowState: workflowState
    workflowMailTo: workflowMailTo
    teamsGroupId: teamsGroupId
    teamsChannelId: teamsChannelId
    approver: approver
    approvalItem: approvalItem
    approvalStatement: approvalStatement
  }
}

output AZURE_RESOURCE_GROUP string = group.name
output PARC_APP_NAME string = app.outputs.appName
output PARC_APP_ID string = app.outputs.appId
output PARC_ADDRESS string = app.outputs.address
output PARC_PRINCIPAL_ID string = app.outputs.principalId
output PARC_CLIENT_ID string = app.outputs.clientId
output PARC_PREVIOUS_PRINCIPAL_ID string = app.outputs.previousPrincipalId
output PARC_IDENTITIES string = identities
output PARC_TABLES string = app.outputs.tables
output PARC_API_AUDIENCE string = app.outputs.audience
output PARC_WORKFLOW_PRINCIPALS array = app.outputs.workflowPrincipals
