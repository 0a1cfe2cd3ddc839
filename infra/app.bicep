// Everything that PARC needs inside one resource group.
targetScope = 'resourceGroup'
import { items } from 'modules/lists.bicep'


@description('Region of all resources; it must offer the Flex Consumption plan.')
param location string = resourceGroup().location

@description('Tags of all resources.')
param tags object = {}

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

var token = uniqueString(resourceGroup().id)
var graphOfCloud = {
  AzureCloud: 'https://graph.microsoft.com'
  AzureUSGovernment: 'https://graph.microsoft.us'
  AzureChinaCloud: 'https://microsoftgraph.chinacloudapi.cn'
}

var websites = {
  AzureCloud: 'azurewebsites.net'
  AzureUSGovernment: 'azurewebsites.us'
  AzureChinaCloud: 'chinacloudsites.cn'
}
var appName = 'func-parc-${token}'
var registrationName = 'parc-${token}' // as in api-registration.bicep
var readerIds = items(readers)
var operatorIds = items(operators)
var callersClientId = empty(apiClientId) && entra ? registration!.outputs.clientId : apiClientId

module registration 'api-registration.bicep' = if (entra && empty(apiClientId)) {
  name: 'parc-registration'
  params: {
    redirectUris: ['https://${appName}.${websites[environment().name]}/.auth/login/aad/callback']
    readers: readerIds
    operators: operatorIds
  }
}

module identity 'modules/identity.bicep' = {
  name: 'parc-identity'
  params: {
    name: 'id-parc-${token}'
    location: location
    tags: tags
  }
}

module storage 'modules/storage.bicep' = {
  name: 'parc-storage'
  params: {
    name: 'stparc${token}'
    location: location
    tags: tags
    subnetId: subnetId
    publicNetworkAccess: storagePublicNetworkAccess
    sku: storageSku
    lock: lockHistory
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'parc-monitoring'
  params: {
    workspaceName: 'log-parc-${token}'
    insightsName: 'appi-parc-${token}'
    location: location
    tags: tags
  }
}

module functions 'modules/function-app.bicep' = {
  name: 'parc-function-app'
  params: {
    name: appName
    planName: 'plan-parc-${token}'
    location: location
    tags: tags
    blobEndpoint: storage.outputs.blobEndpoint
    queueEndpoint: storage.outputs.queueEndpoint
    tableEndpoint: storage.outputs.tableEndpoint
    deploymentContainer: storage.outputs.deploymentContainer
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    identities: identities
    insightsConnection: monitoring.outputs.insightsConnection
    graphEndpoint: empty(graphEndpoint) ? graphOfCloud[environment().name] : graphEndpoint
    graphGranted: graphGranted
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
    apiClientId: callersClientId
    allowedAddressRanges: allowedAddressRanges
    deploymentAddressRanges: deploymentAddressRanges
    subnetId: subnetId
    warmInstances: warmInstances
  }
  dependsOn: [access, network] // what the first start needs
}

module access 'modules/access.bicep' = {
  name: 'parc-access'
  params: {
    principalId: identity.outputs.principalId
    storageName: storage.outputs.name
    insightsName: monitoring.outputs.insightsName
  }
}

module network 'modules/network.bicep' = if (!empty(privateEndpointSubnetId)) {
  name: 'parc-network'
  params: {
    storageId: storage.outputs.id
    location: location
    tags: tags
    subnetId: privateEndpointSubnetId
    zonesResourceGroupId: privateDnsZonesId
  }
}

module diagnostics 'modules/diagnostics.bicep' = {
  name: 'parc-diagnostics'
  params: {
    workspaceId: monitoring.outputs.workspaceId
    appName: functions.outputs.name
    storageName: storage.outputs.name
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'parc-alerts'
  params: {
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    emails: alertEmails
    deployedOn: deployedOn
  }
}

module signInAlert 'modules/sign-in-alert.bicep' = if (!empty(signInWorkspaceId) && !empty(emergencyAccounts)) {
  name: 'parc-sign-in-alert'
  params: {
    location: location
    tags: tags
    workspaceId: signInWorkspaceId
    accounts: emergencyAccounts
    actionGroups: alerts.outputs.actionGroups
  }
}

module workbook 'modules/workbook.bicep' = {
  name: 'parc-workbook'
  params: {
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
  }
}

module workflows 'logic-apps/workflows.bicep' = if (!empty(logicApps)) {
  name: 'workflows'
  params: {
    location: location
    tags: tags
    names: logicApps
    parcAddress: functions.outputs.address
    parcAudience: audience
    mailTo: join(items(empty(workflowMailTo) ? alertEmails : workflowMailTo), ';')
    teamsGroupId: teamsGroupId
    teamsChannelId: teamsChannelId
    approver: approver
    checkId: approvalItem
    statement: approvalStatement
    state: workflowState
  }
}

var audienceOfOwn = empty(apiAudience) ? 'api://${tenant().tenantId}/${registrationName}' : apiAudience
var audience = empty(apiClientId) ? (entra ? registration!.outputs.audience : '') : audienceOfOwn

output appName string = functions.outputs.name
output appId string = functions.outputs.id
output address string = functions.outputs.address
output principalId string = identity.outputs.principalId
output clientId string = identity.outputs.clientId
output previousPrincipalId string = functions.outputs.previousPrincipalId
output tables string = storage.outputs.tableEndpoint
output audience string = audience
output workflowPrincipals array = empty(logicApps) ? [] : workflows!.outputs.PARC_WORKFLOW_PRINCIPALS
