package dev.parc.change;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;

/**
 * Scripts that send a change by {@code az rest}, exactly the requests that were proved: batches of at most twenty, one version
 * apart from the other, Conditional Access one request a second and never in a batch. They stop at the first refusal and say what
 * was done so far.
 */
public final class ChangeScript {

    private static final int MOST_IN_BATCH = 20;
    private static final String GRAPH = "https://graph.microsoft.com";

    private final List<Step> steps = new ArrayList<>();
    private final Map<String, Integer> made = new LinkedHashMap<>();
    private final Optional<ProofBasis> provedOn;

    /**
     * One call.
     *
     * @param requests more than one, or one that may be in a batch, where the call is a batch
     */
    private record Step(boolean batch, List<ChangeRequest> requests) {

        ChangeRequest one() {
            return requests.get(0);
        }
    }

    private ChangeScript(Change change) {
        this.provedOn = change.provedOn();
        Set<String> named = new HashSet<>();
        change.requests().forEach(request -> named.addAll(ChangeJson.references(request)));
        List<ChangeRequest> batch = new ArrayList<>();
        for (ChangeRequest request : change.requests()) {
            boolean alone = request.url().service() == ChangeUrl.Service.AZURE
                    || isConditionalAccess(request)
                    || named.contains(request.id());
            boolean fits = batch.size() < MOST_IN_BATCH
                    && batch.stream()
                            .allMatch(other ->
                                    other.url().version().equals(request.url().version()));
            if (!batch.isEmpty() && (alone || !fits)) {
                steps.add(new Step(true, List.copyOf(batch)));
                batch.clear();
            }
            if (alone) {
                steps.add(new Step(false, List.of(request)));
            } else {
                batch.add(request);
            }
            if (named.contains(request.id())) {
                made.put(request.id(), made.size() + 1);
            }
        }
        if (!batch.isEmpty()) {
            steps.add(new Step(true, List.copyOf(batch)));
        }
    }

    private static boolean isConditionalAccess(ChangeRequest request) {
        return request.url().path().toLowerCase(Locale.ROOT).startsWith("/identity/conditionalaccess/");
    }

    /** A script for sh. */
    public static String sh(Change change) {
        return new ChangeScript(change).sh();
    }

    /** A script for PowerShell. */
    public static String ps1(Change change) {
        return new ChangeScript(change).ps1();
    }

    private String heading() {
        return provedOn.map(proved ->
                                "# Proved on tenant " + proved.tenantId() + " as it was at " + proved.takenAt() + ".\n")
                        .orElse("")
                + "# Sends a change that `parc whatif` has proved, with the Azure CLI's sign-in (az login). Look at it first.\n";
    }

    private static String ids(Step step) {
        return String.join(" ", step.requests().stream().map(ChangeRequest::id).toList());
    }

    private static ObjectNode body(Step step) {
        if (!step.batch()) {
            return step.one().body().orElseGet(JsonNodeFactory.instance::objectNode);
        }
        ObjectNode batch = JsonNodeFactory.instance.objectNode();
        ArrayNode requests = batch.putArray("requests");
        String before = "";
        for (ChangeRequest request : step.requests()) {
            ObjectNode one = requests.addObject()
                    .put("id", request.id())
                    .put("method", request.method().name())
                    .put(
                            "url",
                            request.url()
                                    .relative()
                                    .substring(request.url().version().length() + 1));
            request.body().ifPresent(body -> {
                one.putObject("headers").put("Content-Type", "application/json");
                one.set("body", body);
            });
            if (!before.isEmpty()) {
                one.putArray("dependsOn").add(before); // one after the other, and none after a refusal
            }
            before = request.id();
        }
        return batch;
    }

    private static String url(Step step) {
        return step.batch()
                ? GRAPH + "/" + step.one().url().version() + "/$batch"
                : step.one().url().absolute();
    }

    private static String method(Step step) {
        return step.batch() ? "post" : step.one().method().name().toLowerCase(Locale.ROOT);
    }

    private static boolean hasBody(Step step) {
        return step.batch() || step.one().body().isPresent();
    }

    /** What a step does and why, in either language. */
    private static void comment(StringBuilder script, Step step) {
        script.append("\n# ").append(ids(step)).append('\n');
        step.requests().stream()
                .filter(request -> !request.why().isEmpty())
                .forEach(request -> script.append("# ")
                        .append(request.id())
                        .append(": ")
                        .append(oneLine(request.why()))
                        .append('\n'));
    }

    /** A text as a JSON text has it, in ASCII, so that no encoding of a terminal or file can spoil it. */
    private static String ascii(String text) {
        StringBuilder ascii = new StringBuilder();
        text.chars().forEach(one -> ascii.append(one < 0x7f ? Character.toString(one) : "\\u%04x".formatted(one)));
        return ascii.toString();
    }

    // --- sh ---------------------------------------------------------------------------------------------------------

    private String sh() {
        StringBuilder script =
                new StringBuilder("#!/bin/sh\n").append(heading()).append("""
                set -u
                done_so_far=
                body=$(mktemp) || exit 1
                trap 'rm -f "$body"' EXIT
                stop() {
                  printf '%s\\n' "stopped at: $1" "done so far:${done_so_far:- nothing}" >&2
                  exit 1
                }
                """);
        provedOn.filter(proved -> Shape.GUID.matcher(proved.tenantId()).matches())
                .ifPresent(proved -> script.append("""
                        [ "$(az account show --query tenantId --output tsv | tr -d '\\r')" = '%s' ] \\
                          || stop 'the sign-in is of another tenant than the proof'
                        """.formatted(proved.tenantId())));
        for (Step step : steps) {
            sh(script, step);
        }
        return script.append("printf '%s\\n' \"all done:$done_so_far\"\n").toString();
    }

    private void sh(StringBuilder script, Step step) {
        String ids = ids(step);
        comment(script, step);
        if (hasBody(step)) {
            script.append("sed ").append(shSubstitutions()).append(" >\"$body\" <<'PARC_BODY'\n");
            script.append(ascii(body(step).toString())).append("\nPARC_BODY\n");
        }
        String call = "az rest --method " + method(step) + " --url " + shUrl(url(step))
                + (hasBody(step) ? " --headers Content-Type=application/json --body \"@$body\"" : "");
        Integer number = step.batch() ? null : made.get(step.one().id());
        if (step.batch()) {
            script.append("refused=$(")
                    .append(call)
                    .append(" \\\n  --query \"responses[?status >= \\`400\\`].[id,"
                            + " to_string(status), body.error.message]\" --output tsv) || stop '" + ids + "'\n");
            script.append("[ -z \"$refused\" ] || stop \"$refused (of '" + ids + "')\"\n");
        } else if (number != null) {
            script.append("made_" + number + "=$(")
                    .append(call)
                    .append(" --query id --output tsv) || stop '" + ids + "'\n");
            script.append("made_" + number + "=$(printf %s \"$made_" + number + "\" | tr -d '\\r\\n')\n");
            script.append("case $made_" + number + " in *[!0-9A-Za-z_-]*|'') stop '" + ids
                    + " was made without an id' ;; esac\n");
            script.append("printf '%s\\n' \"" + step.one().id() + " has the id $made_" + number + "\"\n");
        } else {
            script.append(call).append(" --output json || stop '" + ids + "'\n");
        }
        script.append("done_so_far=\"$done_so_far " + ids + "\"\n");
        if (!step.batch() && isConditionalAccess(step.one())) {
            script.append("sleep 1\n");
        }
    }

    private String shSubstitutions() {
        StringBuilder sed = new StringBuilder();
        made.forEach((id, number) ->
                sed.append("-e \"s/[$]{" + id.replace(".", "[.]") + "[.]id}/${made_" + number + ":-}/g\" "));
        return sed.isEmpty() ? "-n p" : sed.toString().strip();
    }

    /** One argument, with the ids of what was made. */
    private String shUrl(String url) {
        Matcher matcher = ChangeJson.REFERENCE.matcher(url);
        StringBuilder argument = new StringBuilder();
        int from = 0;
        while (matcher.find()) {
            argument.append(quoted(url.substring(from, matcher.start())));
            argument.append("\"${made_").append(made.get(matcher.group(1))).append("}\"");
            from = matcher.end();
        }
        return argument.append(quoted(url.substring(from))).toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static String oneLine(String text) {
        return ascii(text.replaceAll("\\p{Cntrl}", " "));
    }

    // --- PowerShell -------------------------------------------------------------------------------------------------

    private String ps1() {
        StringBuilder script = new StringBuilder(heading()).append("""
                $ErrorActionPreference = 'Stop'
                $doneSoFar = @()
                $made = @{}
                function Stop-Change([string] $what) {
                  [Console]::Error.WriteLine("stopped at: $what")
                  [Console]::Error.WriteLine("done so far: $(if ($doneSoFar) { $doneSoFar -join ' ' } else { 'nothing' })")
                  exit 1
                }
                function Send-Change([string] $ids, [string] $method, [string] $url, [string] $body) {
                  foreach ($id in $made.Keys) {
                    $url = $url.Replace('${' + $id + '.id}', $made[$id])
                    $body = $body.Replace('${' + $id + '.id}', $made[$id])
                  }
                  $arguments = @('rest', '--method', $method, '--url', $url, '--output', 'json')
                  $file = $null
                  if ($body) {
                    $file = [IO.Path]::GetTempFileName()
                    [IO.File]::WriteAllText($file, $body)
                    $arguments += @('--headers', 'Content-Type=application/json', '--body', "@$file")
                  }
                  try {
                    $answer = (& az @arguments | Out-String)
                    $code = $LASTEXITCODE
                  } finally {
                    if ($file) { Remove-Item $file }
                  }
                  if ($code -ne 0) { Stop-Change $ids }
                  if ($answer.Trim()) { return ($answer | ConvertFrom-Json) }
                }
                """);
        provedOn.filter(proved -> Shape.GUID.matcher(proved.tenantId()).matches())
                .ifPresent(proved -> script.append("""
                        $tenant = (& az account show --query tenantId --output tsv | Out-String).Trim()
                        if ($tenant -ne '%s') { Stop-Change 'the sign-in is of another tenant than the proof' }
                        """.formatted(proved.tenantId())));
        for (Step step : steps) {
            ps1(script, step);
        }
        return script.append("\nWrite-Output \"all done: $($doneSoFar -join ' ')\"\n")
                .toString();
    }

    private void ps1(StringBuilder script, Step step) {
        String ids = ids(step);
        comment(script, step);
        String body = hasBody(step) ? ascii(body(step).toString()) : "";
        script.append("$answer = Send-Change ")
                .append(psQuoted(ids))
                .append(' ')
                .append(psQuoted(method(step)))
                .append(' ')
                .append(psQuoted(url(step)))
                .append(' ')
                .append(psQuoted(body))
                .append('\n');
        if (step.batch()) {
            script.append("$refused = @($answer.responses | Where-Object { $_.status -ge 400 })\n");
            script.append("if ($refused) { Stop-Change \"$($refused[0].id) $($refused[0].status)"
                    + " $($refused[0].body.error.message) (of '" + ids + "')\" }\n");
        } else if (made.containsKey(step.one().id())) {
            script.append("if (\"$($answer.id)\" -notmatch '^[0-9A-Za-z_-]+$') { Stop-Change '" + ids
                    + " was made without an id' }\n");
            script.append("$made['" + step.one().id() + "'] = \"$($answer.id)\"\n");
            script.append("Write-Output \"" + step.one().id() + " has the id $($answer.id)\"\n");
        }
        script.append("$doneSoFar += '" + ids + "'\n");
        if (!step.batch() && isConditionalAccess(step.one())) {
            script.append("Start-Sleep -Seconds 1\n");
        }
    }

    private static String psQuoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
