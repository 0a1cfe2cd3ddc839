// The function app on the Flex Consumption plan, with an identity of its own and no secret. The identity has its roles before the
// app is made. An app of an earlier version has a system-assigned identity; until the new identity holds what that one was
// granted, both stay and the app reads the tenant as the old one (identities: 'both').
import { items } from 'lists.bicep'

param name string
param planName string
param location string
param tags object
param blobEndpoint string
param queueEndpoint string
param tableEndpoint string
param deploymentContainer string
param identityId string
param identityClientId string
@allowed(['user', 'both'])
param identities string
param insightsConnection string
param graphEndpoint string
param graphGranted bool
param emergencyAccounts string
param accountCategories string
param exposedUsersGroup string
param productionSubscriptions string
param workstationFilter string
param roadmapStart string
param readerKeys string
param operatorKeys string
param hookHosts string
param retentionDays int
param stage1Schedule string
param stage2Schedule string
param stage3Schedule string
param stage4Schedule string
param breakGlassSchedule string
param apiClientId string
param allowedAddressRanges string
param subnetId string
param deploymentAddressRanges string
param warmInstances int

var loginEndpoint = environment().authentication.loginEndpoint
var armEndpoint = environment().resourceManager
var addressRanges = items(allowedAddressRanges)
var deployers = items(deploymentAddressRanges)

// an address, a range of them, or the name of a service tag
func restriction(range string, name string, priority int) object => {
  name: name
  action: 'Allow'
  tag: contains(range, ':') || contains('0123456789', first(range)) ? 'Default' : 'ServiceTag'
  ipAddress: contains(range, '/') || !(contains(range, ':') || contains('0123456789', first(range)))
    ? range
    : '${range}/${contains(range, ':') ? 128 : 32}'
  priority: priority
}

var tenantSettings = identities == 'user' ? [{ name: 'AZURE_CLIENT_ID', value: identityClientId }] : []

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'api' })
  kind: 'functionapp,linux'
  identity: {
    type: identities == 'user' ? 'UserAssigned' : 'SystemAssigned, UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${blobEndpoint}${deploymentContainer}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'java'
        version: '21'
      }
      scaleAndConcurrency: {
        instanceMemoryMB: 2048
        maximumInstanceCount: 40
        alwaysReady: warmInstances == 0 ? [] : [{ name: 'http', instanceCount: warmInstances }]
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      ipSecurityRestrictionsDefaultAction: empty(addressRanges) ? 'Allow' : 'Deny'
      ipSecurityRestrictions: [for (range, index) in addressRanges: restriction(range, 'allowed-${index}', 100 + index)]
      // who may upload a package: by default nobody is kept out whom the app itself lets in
      scmIpSecurityRestrictionsUseMain: empty(deployers)
      scmIpSecurityRestrictionsDefaultAction: empty(deployers) ? 'Allow' : 'Deny'
      scmIpSecurityRestrictions: [for (range, index) in deployers: restriction(range, 'deployer-${index}', 100 + index)]
      appSettings: concat(tenantSettings, [
        { name: 'AzureWebJobsStorage__credential', value: 'managedidentity' }
        { name: 'AzureWebJobsStorage__clientId', value: identityClientId }
        { name: 'AzureWebJobsStorage__blobServiceUri', value: blobEndpoint }
        { name: 'AzureWebJobsStorage__queueServiceUri', value: queueEndpoint }
        { name: 'AzureWebJobsStorage__tableServiceUri', value: tableEndpoint }
        { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: insightsConnection }
        { name: 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING', value: 'Authorization=AAD;ClientId=${identityClientId}' }
        { name: 'AZURE_TENANT_ID', value: tenant().tenantId }
        { name: 'AZURE_TOKEN_CREDENTIALS', value: 'ManagedIdentityCredential' }
        { name: 'AZURE_AUTHORITY_HOST', value: loginEndpoint }
        { name: 'PARC_GRAPH_ENDPOINT', value: graphEndpoint }
        { name: 'PARC_GRAPH_GRANTED', value: graphGranted ? 'true' : 'false' }
        { name: 'PARC_ARM_ENDPOINT', value: armEndpoint }
        { name: 'PARC_TABLES', value: tableEndpoint }
        { name: 'PARC_EMERGENCY_ACCOUNTS', value: emergencyAccounts }
        { name: 'PARC_ACCOUNT_CATEGORIES', value: accountCategories }
        { name: 'PARC_EXPOSED_USERS_GROUP', value: exposedUsersGroup }
        { name: 'PARC_PRODUCTION_SUBSCRIPTIONS', value: productionSubscriptions }
        { name: 'PARC_WORKSTATION_FILTER', value: workstationFilter }
        { name: 'PARC_ROADMAP_START', value: roadmapStart }
        { name: 'PARC_READER_KEYS', value: readerKeys }
        { name: 'PARC_OPERATOR_KEYS', value: operatorKeys }
        { name: 'PARC_HOOK_HOSTS', value: hookHosts }
        { name: 'PARC_RETENTION_DAYS', value: string(retentionDays) }
        { name: 'PARC_STAGE1_SCHEDULE', value: stage1Schedule }
        { name: 'PARC_STAGE2_SCHEDULE', value: stage2Schedule }
        { name: 'PARC_STAGE3_SCHEDULE', value: stage3Schedule }
        { name: 'PARC_STAGE4_SCHEDULE', value: stage4Schedule }
        { name: 'PARC_BREAKGLASS_SCHEDULE', value: breakGlassSchedule }
      ])
    }
  }
}

// Whoever calls is told by the platform: people by its sign-in in the browser, programs by a token of the app registration. The
// app itself refuses who has neither app role. The platform lets nobody's own header through, and refuses nobody by itself: its
// redirect would reach programs too, and its 401 says nothing. Only the page of the report sends a browser to sign in.
resource authentication 'Microsoft.Web/sites/config@2024-11-01' = if (!empty(apiClientId)) {
  parent: app
  name: 'authsettingsV2'
  properties: {
    platform: { enabled: true }
    globalValidation: {
      requireAuthentication: false
      unauthenticatedClientAction: 'AllowAnonymous'
    }
    httpSettings: { requireHttps: true }
    identityProviders: {
      azureActiveDirectory: {
        enabled: true
        registration: {
          clientId: apiClientId
          openIdIssuer: uri(loginEndpoint, '${tenant().tenantId}/v2.0')
        }
        validation: {
          allowedAudiences: [apiClientId]
        }
      }
    }
    login: {
      tokenStore: { enabled: false }
      preserveUrlFragmentsForLogins: false
    }
  }
}

output id string = app.id
output name string = app.name
output address string = 'https://${app.properties.defaultHostName}'
// the identity that an app of an earlier version was granted permissions for; empty where there is none
output previousPrincipalId string = identities == 'user' ? '' : app.identity.principalId
