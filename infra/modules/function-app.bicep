// The function app on the Flex Consumption plan, with an identity of its own and no secret.
param name string
param planName string
param location string
param tags object
param blobEndpoint string
param queueEndpoint string
param tableEndpoint string
param deploymentContainer string
param insightsConnection string
param graphEndpoint string
param emergencyAccounts string
param accountCategories string
param exposedUsersGroup string
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
param warmInstances int

var loginEndpoint = environment().authentication.loginEndpoint
var armEndpoint = environment().resourceManager
var addressRanges = filter(map(split(allowedAddressRanges, ','), range => trim(range)), range => !empty(range))

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
  identity: { type: 'SystemAssigned' }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${blobEndpoint}${deploymentContainer}'
          authentication: { type: 'SystemAssignedIdentity' }
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
      ipSecurityRestrictions: [for (range, index) in addressRanges: {
        name: 'allowed-${index}'
        action: 'Allow'
        ipAddress: range
        priority: 100 + index
      }]
      appSettings: [
        { name: 'AzureWebJobsStorage__credential', value: 'managedidentity' }
        { name: 'AzureWebJobsStorage__blobServiceUri', value: blobEndpoint }
        { name: 'AzureWebJobsStorage__queueServiceUri', value: queueEndpoint }
        { name: 'AzureWebJobsStorage__tableServiceUri', value: tableEndpoint }
        { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: insightsConnection }
        { name: 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING', value: 'Authorization=AAD' }
        { name: 'AZURE_TENANT_ID', value: tenant().tenantId }
        { name: 'AZURE_TOKEN_CREDENTIALS', value: 'ManagedIdentityCredential' }
        { name: 'AZURE_AUTHORITY_HOST', value: loginEndpoint }
        { name: 'PARC_GRAPH_ENDPOINT', value: graphEndpoint }
        { name: 'PARC_ARM_ENDPOINT', value: armEndpoint }
        { name: 'PARC_TABLES', value: tableEndpoint }
        { name: 'PARC_EMERGENCY_ACCOUNTS', value: emergencyAccounts }
        { name: 'PARC_ACCOUNT_CATEGORIES', value: accountCategories }
        { name: 'PARC_EXPOSED_USERS_GROUP', value: exposedUsersGroup }
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
      ]
    }
  }
}

// callers show a token of the app registration, with the app role Reader or Operator in it; the app looks at the role
resource authentication 'Microsoft.Web/sites/config@2024-11-01' = if (!empty(apiClientId)) {
  parent: app
  name: 'authsettingsV2'
  properties: {
    platform: { enabled: true }
    globalValidation: {
      requireAuthentication: true
      unauthenticatedClientAction: 'Return401'
      excludedPaths: ['/api/health']
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
    login: { tokenStore: { enabled: false } }
  }
}

output name string = app.name
output address string = 'https://${app.properties.defaultHostName}'
output principalId string = app.identity.principalId
