package dev.parc.collect;

import static dev.parc.collect.FakeTenant.id;

import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/** The usage report of Microsoft 365, a file behind a link. */
record FakeUsageReport(FakeDirectory directory, FakeComplaints complaints) {

    static final String LINK = "https://reportsncu.office.com/data/v1.0/download?token=signed";

    private static final List<String> REPORTED =
            List.of("Exchange", "OneDrive", "SharePoint", "Skype For Business", "Yammer", "Teams");

    String at(URI link) {
        complaints.require(LINK.equals(link.toString()), "no such report: " + link);
        boolean concealed = directory
                .stored("/admin/reportSettings")
                .orElseThrow()
                .path("displayConcealedNames")
                .asBoolean();
        String services = String.join(" Last Activity Date,", REPORTED) + " Last Activity Date,";
        StringBuilder csv = new StringBuilder("\uFEFFReport Refresh Date,User Principal Name,Display Name,Is Deleted,");
        csv.append(services).append("Assigned Products,Report Period\r\n");
        directory.activities.forEach((id, days) -> row(
                csv,
                directory.anything(id).orElseThrow().path("userPrincipalName").asText(),
                concealed,
                REPORTED.stream().map(service -> days.getOrDefault(service, "")).collect(Collectors.joining(","))));
        for (int i = 0; i < directory.ordinaryUsers; i++) {
            row(csv, "ordinary" + i + "@" + directory.initialDomain, concealed, ",".repeat(REPORTED.size() - 1));
        }
        return csv.toString();
    }

    void row(StringBuilder csv, String name, boolean concealed, String days) {
        csv.append(directory.refreshed)
                .append(',')
                .append(concealed ? id(name).replace("-", "") : name)
                .append(",\"Somebody, \"\"else\"\"\",False,")
                .append(days)
                .append(",\"MICROSOFT 365 E5+TEAMS\",90\r\n");
    }
}
