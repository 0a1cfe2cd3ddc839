#!/bin/sh
# What the hooks before and after provisioning have in common; they read it in.

say() { printf '%s\n' "$1"; }
keep() { # name, value
    azd env set "$1" "$2" </dev/null || say "note: $1 could not be kept; set it with: azd env set $1 \"$2\""
}
# whether the app was told that it may ask Microsoft Graph
may_ask_graph() {
    [ -n "${PARC_APP_ID:-}" ] || return 1
    arm=$(az cloud show --query endpoints.resourceManager -o tsv </dev/null 2>/dev/null) || return 1
    [ "$(az rest --method post --url "${arm%/}$PARC_APP_ID/config/appsettings/list?api-version=2024-11-01" \
        --query properties.PARC_GRAPH_GRANTED -o tsv </dev/null 2>/dev/null)" = true ]
}
