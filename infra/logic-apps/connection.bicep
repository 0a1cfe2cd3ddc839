// A connection of Logic Apps to a service. Somebody signs it in afterwards, in the portal; nothing secret is deployed.
param name string
param api string
param displayName string
param location string
param tags object

var apiId = subscriptionResourceId('Microsoft.Web/locations/managedApis', location, api)

resource connection 'Microsoft.Web/connections@2016-06-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    displayName: displayName
    api: { id: apiId }
  }
}

output value object = {
  connectionId: connection.id
  connectionName: connection.name
  id: apiId
}
