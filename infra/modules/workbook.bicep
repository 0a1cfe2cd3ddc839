// Trends: scores, outcomes and failed runs over time, from the lines that the app logs.
param location string
param tags object
param workspaceId string

resource trends 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'parc-trends')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    category: 'workbook'
    displayName: 'PARC: where we stand'
    serializedData: loadTextContent('workbook.json')
    sourceId: workspaceId
  }
}
