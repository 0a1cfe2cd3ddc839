package dev.parc.facts.directory;

/** A service of Microsoft 365 whose use the usage report tells. */
public enum Microsoft365Service {
    EXCHANGE("mail", true),
    TEAMS("Teams", true),
    SHAREPOINT("SharePoint", false),
    ONEDRIVE("OneDrive", false),
    YAMMER("Viva Engage", false),
    SKYPE_FOR_BUSINESS("Skype for Business", false);

    private final String title;
    private final boolean dailyWork;

    Microsoft365Service(String title, boolean dailyWork) {
        this.title = title;
        this.dailyWork = dailyWork;
    }

    /** Its name, to stand after "used". */
    public String title() {
        return title;
    }

    /** Whether its use is day-to-day work beyond doubt: administering the others leaves the same trace as using them. */
    public boolean isDailyWork() {
        return dailyWork;
    }
}
