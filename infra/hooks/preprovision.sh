#!/bin/sh
# Before azd provisions: asks for what matters and is not set, on a terminal only; decides how callers sign in; looks whether the
# region offers the plan. It never ends the deployment: what it cannot find out, it says.
set -u

# shellcheck source=provisioning.sh
. "$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)/provisioning.sh"
is_id() { printf '%s' "$1" | grep -Eqi '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'; }
rest() { az rest --method get --url "$graph/v1.0/$1" --query "$2" -o tsv </dev/null 2>/dev/null; }

# --- how callers sign in

# a member who may register applications, or somebody with a role that may
may_register() {
    graph=$(az cloud show --query endpoints.microsoftGraphResourceId -o tsv </dev/null 2>/dev/null) || return 1
    graph=${graph%/}
    kind=$(rest 'me?$select=userType' userType) || return 1
    if [ "$kind" = Member ] && rest 'policies/authorizationPolicy?$select=defaultUserRolePermissions' \
        defaultUserRolePermissions.allowedToCreateApps | grep -Eqi '^true$'; then
        return 0
    fi
    # Global Administrator, Application Administrator, Cloud Application Administrator, Application Developer
    rest 'me/memberOf/microsoft.graph.directoryRole?$select=roleTemplateId' 'value[].[roleTemplateId]' | grep -Eqi \
        '^(62e90394-69f5-4237-9190-012177145e10|9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3|158c047a-c907-4556-b7ef-446551a6b5f7|cf1c38e5-3621-4004-a7cb-879624dced7c)'
}

entra=${PARC_ENTRA:-}
if [ -z "$entra" ] && [ -z "${PARC_API_CLIENT_ID:-}" ]; then
    if [ -n "${PARC_PRINCIPAL_ID:-}" ]; then
        entra=false # callers of an app that is there keep their keys
    elif may_register; then
        entra=true
        say "Sign-in: Microsoft Entra ID. The report opens in a browser."
    else
        entra=false
        say "Sign-in: keys, because you may not register applications. Later: azd env set PARC_ENTRA true"
    fi
    keep PARC_ENTRA "$entra"
fi

# --- whether Microsoft Graph may be asked

# a token from before the first grant would be kept without permissions for up to a day
holds_nothing() {
    graph=$(az cloud show --query endpoints.microsoftGraphResourceId -o tsv </dev/null 2>/dev/null) || return 1
    graph=${graph%/}
    held=$(rest "servicePrincipals/${PARC_PREVIOUS_PRINCIPAL_ID:-$PARC_PRINCIPAL_ID}/appRoleAssignments?\$select=id" 'value[].[id]') &&
        [ -z "$held" ]
}
case ${PARC_GRAPH_GRANTED:-} in
    '') if [ -z "${PARC_PRINCIPAL_ID:-}" ] || holds_nothing; then keep PARC_GRAPH_GRANTED false; fi ;;
    false) if may_ask_graph; then keep PARC_GRAPH_GRANTED true; fi ;;
esac

# --- what matters

asks=${PARC_ASK:-}
if [ -z "$asks" ] && [ -t 0 ] && [ -t 1 ]; then asks=true; fi

ask() { # question; the answer without blanks around it
    printf '%s\n> ' "$1"
    IFS= read -r answer || return 1
    answer=$(printf '%s' "$answer" | sed 's/^[[:blank:]]*//; s/[[:blank:]]*$//')
    case $answer in -*) return 1 ;; esac
}

if [ "$asks" = true ]; then
    if [ -z "${PARC_EMERGENCY_ACCOUNTS+set}" ] &&
        ask "Emergency access accounts, by sign-in name or object id, separated by commas (Enter: none yet):"; then
        keep PARC_EMERGENCY_ACCOUNTS "$answer"
    fi
    if [ -z "${PARC_ALERT_EMAILS+set}" ] && ask "Mail addresses for alerts, separated by commas (Enter: none yet):"; then
        case $answer in
            '' | ?*@?*) keep PARC_ALERT_EMAILS "$answer" ;;
            *) say "That is no mail address; set it later with: azd env set PARC_ALERT_EMAILS ADDRESS" ;;
        esac
    fi
    if [ "$entra" = true ] && [ -z "${PARC_READERS+set}" ] &&
        ask "Group that may read the report, by name or object id (Enter: only you):"; then
        if [ -n "$answer" ] && ! is_id "$answer"; then
            answer=$(az ad group show --group "$answer" --query id -o tsv </dev/null 2>/dev/null) || answer=unknown
        fi
        if [ -z "$answer" ] || is_id "$answer"; then
            keep PARC_READERS "$answer"
        else
            say "There is no such group; set it later with: azd env set PARC_READERS OBJECT_ID"
        fi
    fi
fi

# --- the region

plain() { tr -d ' \r' | tr '[:upper:]' '[:lower:]'; }
if [ -n "${AZURE_LOCATION:-}" ]; then
    regions=$(az functionapp list-flexconsumption-locations --query '[].[name]' -o tsv </dev/null 2>/dev/null | plain)
    if [ -n "$regions" ] && ! printf '%s\n' "$regions" | grep -Fqx "$(printf '%s' "$AZURE_LOCATION" | plain)"; then
        say "NOTE: $AZURE_LOCATION does not offer the Flex Consumption plan, so the deployment will fail. Regions that do:"
        say "$(printf '%s\n' "$regions" | sort | paste -sd' ' - | fold -s -w 110 | sed 's/^/  /; s/ *$//')"
        say "Choose one with: azd env set AZURE_LOCATION REGION"
    fi
fi
exit 0
