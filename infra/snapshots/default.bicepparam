using '../main.bicep'

// What a deployment makes of which nothing was set but what azd asks for.
param environmentName = 'parc'
param location = 'westeurope'
param operators = '11111111-1111-4111-8111-111111111111'
param deployedOn = '2026-01-31'
