// The app registration by which people sign in to the report and programs get tokens, with the roles Reader and Operator.
// main.bicep deploys it with entra: true; by itself, whoever runs it needs Application Administrator in the tenant, and its output
// clientId is the parameter apiClientId of app.bicep and main.bicep.
extension microsoftGraphV1

@description('Name that administrators see.')
param displayName string = 'PARC'

@description('Name by which a later deployment finds the registration again; by default that of app.bicep in the same resource group.')
param uniqueName string = 'parc-${uniqueString(resourceGroup().id)}'

@description('Addresses to which a browser comes back after it has signed in: https://<app>/.auth/login/aad/callback.')
param redirectUris array = []

@description('Object ids of people, groups or identities that may read answers.')
param readers array = []

@description('Object ids of people, groups or identities that may also start runs and record decisions.')
param operators array = []

var readerRole = guid('parc', 'Reader')
var operatorRole = guid('parc', 'Operator')
var scope = guid('parc', 'access_as_user')
var azureCli = '04b07795-8ddb-461a-bbee-02f9e1bf7b46'

resource registration 'Microsoft.Graph/applications@v1.0' = {
  uniqueName: uniqueName
  displayName: displayName
  signInAudience: 'AzureADMyOrg'
  api: {
    requestedAccessTokenVersion: 2
    oauth2PermissionScopes: [
      {
        id: scope
        value: 'access_as_user'
        type: 'Admin'
        isEnabled: true
        adminConsentDisplayName: 'Use PARC as the person who is signed in'
        adminConsentDescription: 'Calls the API of PARC with the app role of the person who is signed in'
      }
    ]
    // so that a person gets a token by: az account get-access-token --scope <audience>/.default
    preAuthorizedApplications: [{ appId: azureCli, delegatedPermissionIds: [scope] }]
  }
  identifierUris: ['api://${tenant().tenantId}/${uniqueName}']
  web: {
    redirectUris: redirectUris
    implicitGrantSettings: { enableIdTokenIssuance: true }
  }
  appRoles: [
    {
      id: readerRole
      value: 'Reader'
      displayName: 'Reader'
      description: 'Reads answers, history and reports'
      allowedMemberTypes: ['User', 'Application']
      isEnabled: true
    }
    {
      id: operatorRole
      value: 'Operator'
      displayName: 'Operator'
      description: 'Reads, starts runs, records attestations, waivers and hooks'
      allowedMemberTypes: ['User', 'Application']
      isEnabled: true
    }
  ]
}

resource servicePrincipal 'Microsoft.Graph/servicePrincipals@v1.0' = {
  appId: registration.appId
  appRoleAssignmentRequired: true
}

resource readerAssignments 'Microsoft.Graph/appRoleAssignedTo@v1.0' = [for reader in readers: {
  appRoleId: readerRole
  principalId: reader
  resourceId: servicePrincipal.id
}]

resource operatorAssignments 'Microsoft.Graph/appRoleAssignedTo@v1.0' = [for operator in operators: {
  appRoleId: operatorRole
  principalId: operator
  resourceId: servicePrincipal.id
}]

output clientId string = registration.appId
output audience string = registration.identifierUris[0]
