package dev.parc.collect.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Microsoft 365 usage reports on users. Graph answers them with a redirect to a signed link, behind which is CSV with a
 * row for every user of the tenant. This layer follows the link, reads the rows as they come, and answers with JSON that
 * holds of the users who are asked for when they last used what, and of everybody else nothing but a number:
 * {@code rows} in all, {@code named} those whose user is named by an address and not by a hash, and {@code value} with a
 * row for every user who is asked for, {@code listed} or not. Properties have the names of Graph's own JSON.
 */
public final class UsageReports implements Wire {

    private static final Pattern REPORT = Pattern.compile("/(v1\\.0|beta)/reports/get[A-Za-z0-9]+UserDetail\\(.*\\)");

    private static final String USER = "userPrincipalName";
    private static final String DELETED = "isDeleted";
    private static final String REFRESHED = "reportRefreshDate";
    private static final String LAST_ACTIVITY = "LastActivityDate";

    private final Wire graph;
    private final Download download;

    public UsageReports(Wire graph, Download download) {
        this.graph = graph;
        this.download = download;
    }

    @Override
    public WireResponse send(WireRequest request) throws IOException, InterruptedException {
        if (!REPORT.matcher(request.uri().getPath()).matches()) {
            return graph.send(request);
        }
        WireResponse answer =
                graph.send(new WireRequest(request.method(), request.uri(), request.headers(), request.body()));
        if (answer.status() == 200) {
            return WireResponse.unanswered("the response had no redirect to the report");
        }
        if (answer.status() != 302) {
            return answer;
        }
        Optional<URI> link = answer.header("location").flatMap(UsageReports::uri);
        if (link.isEmpty()) {
            return WireResponse.unanswered("it redirects to nowhere");
        }
        WireResponse report = download.fetch(link.get(), body -> rows(body, request.users()));
        boolean worthAskingAgain = report.status() == 429 || report.status() >= 500;
        return report.status() == 200 || report.status() == WireResponse.NO_ANSWER || worthAskingAgain
                ? report
                : WireResponse.unanswered("the link to the report was answered with " + report.status());
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(URI.create(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static WireResponse rows(InputStream body, Set<String> users) throws IOException {
        try (CsvReader<CsvRecord> csv =
                CsvReader.builder().detectBomHeader(true).ofCsvRecord(body, StandardCharsets.UTF_8)) {
            Iterator<CsvRecord> records = csv.iterator();
            if (!records.hasNext()) {
                throw new CutOffException();
            }
            List<String> columns = records.next().getFields().stream()
                    .map(UsageReports::property)
                    .toList();
            for (String needed : List.of(USER, DELETED, REFRESHED)) {
                if (!columns.contains(needed)) {
                    return WireResponse.unanswered("the report came without the column " + needed);
                }
            }
            return rows(columns, records, users);
        } catch (CsvParseException e) {
            throw new CutOffException(e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static WireResponse rows(List<String> columns, Iterator<CsvRecord> records, Set<String> users) {
        int user = columns.indexOf(USER);
        int deleted = columns.indexOf(DELETED);
        int refreshed = columns.indexOf(REFRESHED);
        Map<String, ObjectNode> found = new LinkedHashMap<>();
        long rows = 0;
        long named = 0;
        String asOf = "";
        while (records.hasNext()) {
            CsvRecord row = records.next();
            String name = row.getField(user).strip().toLowerCase(Locale.ROOT);
            rows++;
            named += name.indexOf('@') > 0 ? 1 : 0;
            asOf = row.getField(refreshed).strip();
            if (users.contains(name) && !row.getField(deleted).strip().equalsIgnoreCase("true")) {
                found.put(name, lastActivities(columns, row));
            }
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("rows", rows).put("named", named).put(REFRESHED, asOf);
        ArrayNode value = answer.putArray("value");
        for (String name : new TreeSet<>(users)) {
            ObjectNode row = value.addObject().put(USER, name).put("listed", found.containsKey(name));
            Optional.ofNullable(found.get(name)).ifPresent(row::setAll);
        }
        return new WireResponse(200, Map.of("content-type", "application/json"), answer.toString());
    }

    private static ObjectNode lastActivities(List<String> columns, CsvRecord row) {
        ObjectNode activities = JsonNodeFactory.instance.objectNode();
        for (int column = 0; column < columns.size(); column++) {
            if (columns.get(column).endsWith(LAST_ACTIVITY)) {
                String date = row.getField(column).strip();
                activities.put(columns.get(column), date.isEmpty() ? null : date);
            }
        }
        return activities;
    }

    /** The property of Graph's JSON for a column: SharePoint Last Activity Date is sharePointLastActivityDate. */
    private static String property(String column) {
        String joined = column.replaceAll("\\s+", "");
        return joined.isEmpty() ? "" : joined.substring(0, 1).toLowerCase(Locale.ROOT) + joined.substring(1);
    }
}
