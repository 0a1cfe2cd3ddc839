// One workflow of Logic Apps (Consumption) with an identity of its own. It is off until somebody has signed in its connections.
param name string
param location string
param tags object
param definition object
param values object
param connections object = {}

var withConnections = empty(connections) ? {} : { '$connections': { value: connections } }

resource workflow 'Microsoft.Logic/workflows@2017-07-01' = {
  name: name
  location: location
  tags: tags
  identity: { type: 'SystemAssigned' }
  properties: {
    state: 'Disabled'
    definition: definition
    parameters: union(values, withConnections)
  }
}

output principalId string = workflow.identity.principalId
