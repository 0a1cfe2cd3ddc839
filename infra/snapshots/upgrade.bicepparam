using '../main.bicep'

// Over a deployment of the version before, until the new identity holds what the old one was granted; afterwards it is as default.
param environmentName = 'parc'
param location = 'westeurope'
param operators = '11111111-1111-4111-8111-111111111111'
param deployedOn = '2026-01-31'
param identities = 'both'
