package dev.parc.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One statement in place of several that ask for much the same, of one item or of more. Whoever attests it attests
 * all its parts; a part that was attested by itself stays so, and can still be. Kept under a number that its item's card
 * has not given away, so that no key ever changes its meaning.
 */
public enum MergedStatement {
    EMERGENCY_SIGN_INS(
            "BG-01",
            4,
            "Alerts on sign-ins of emergency accounts, which we have tested, and mail to the contact"
                    + " addresses reach someone who can act at any hour, and every such sign-in is on record as a"
                    + " planned test or an emergency.",
            "BG-01.1",
            "BG-01.2",
            "S2-17.2"),
    PLAYBOOK(
            "BG-02",
            9,
            "Our attack playbook was reviewed within the last year, can be read during an attack, and says"
                    + " whom to notify and how when Microsoft 365 is down, where the emergency accounts' credentials"
                    + " are stored safely and separately, who may get them in a way that we have tested, who may open"
                    + " a support request with Microsoft and how when nobody can sign in, who checks the sign-in"
                    + " logs, which can be delayed, how to switch federated domains to password hash synchronisation"
                    + " and back, who monitors the mail of privileged accounts, and which logs to save as evidence,"
                    + " and where.",
            "BG-02.1",
            "BG-02.2",
            "BG-02.3",
            "BG-02.4",
            "BG-02.5",
            "BG-02.6",
            "BG-02.7",
            "BG-02.8",
            "BG-01.3"),
    INVENTORY(
            "S2-01",
            3,
            "We have listed by hand the administrators of every service that PARC does not read: those that"
                    + " this item names as not read, Purview role groups, SharePoint site administrators, Power"
                    + " Platform, Dynamics 365 and partners.",
            "S2-01.1",
            "S2-01.2"),
    MAIL(
            "S2-02",
            2,
            "Mail to every administrator account's address arrives and is read, and mail to every Global"
                    + " Administrator is forwarded to a mailbox of our organisation that its owner reads with another"
                    + " account.",
            "S2-02.1",
            "S2-08.1"),
    WORKSTATIONS(
            "S3-04",
            2,
            "Administrators, including those of Active Directory and of servers, sign in only from"
                    + " privileged access workstations: devices dedicated to administration, hardened, and not used"
                    + " for mail or browsing.",
            "S3-04.1",
            "S2-18.2",
            "S3-10.1"),
    GUIDANCE(
            "S3-09",
            3,
            "We have reviewed Microsoft's guidance on planning, protecting and monitoring security and"
                    + " compliance in Microsoft 365, NIST SP 800-61 Revision 3 and Microsoft's own incident"
                    + " management, compared them with how we work, and decided what to configure, follow or change,"
                    + " who does it, and who looks at which report.",
            "S3-09.1",
            "S3-09.2",
            "S2-15.1",
            "S2-15.2",
            "S2-15.3",
            "S3-05.1"),
    ON_PREMISES(
            "S3-10",
            5,
            "Administrators of Active Directory, its servers and workstations use separate accounts for"
                    + " nothing else and must use multifactor authentication, every workstation and server has its"
                    + " own local administrator password that is changed regularly, and every domain controller is"
                    + " maintained with Just Enough Administration or no more rights than the task needs and is"
                    + " monitored by an attack detection whose alerts somebody acts on.",
            "S3-10.2",
            "S3-10.3",
            "S3-10.4",
            "S2-18.1",
            "S2-18.3"),
    CLOUD_APPLICATIONS(
            "S3-18",
            4,
            "The cloud applications that matter are connected to Defender for Cloud Apps, their files are"
                    + " scanned for sensitivity labels, which are published to the people who need them and in use,"
                    + " and policies for labels, access, activities and data sharing act on the results and raise"
                    + " alerts that reach the people, or the SIEM, that act on them.",
            "S3-18.1",
            "S3-18.2",
            "S3-18.3",
            "S3-16.1",
            "S3-16.2"),
    ROLES(
            "S4-01",
            3,
            "We have assessed everyone who holds an administrator role against today's built-in roles: each"
                    + " needs the role for a business reason on file with an owner and an end date, no narrower role"
                    + " would do, and those who were in the wrong role or no longer need it were moved or removed.",
            "S4-01.1",
            "S4-01.2",
            "S2-04.1",
            "S3-08.1",
            "S4-03.1"),
    MACHINES(
            "S4-02",
            2,
            "Everyone who is a local administrator of Microsoft Entra joined devices, by device settings,"
                    + " role, Intune or by hand, or inside a virtual machine is listed, was reviewed and needs it,"
                    + " and administrators of virtual machines have rights on those machines only, not on the whole"
                    + " subscription.",
            "S4-02.1",
            "S3-12.1",
            "S3-12.2"),
    RESPONSE_PLAN(
            "S4-04",
            4,
            "The incident and emergency response plan has named owners and deputies who know it, was"
                    + " exercised and gone through to see what was missed, was revised because of what exercises and"
                    + " incidents showed, and was distributed throughout the organisation.",
            "S4-04.1",
            "S4-04.2",
            "S4-04.3",
            "S2-17.1"),
    RETENTION(
            "S4-07",
            3,
            "No administrator can delete these logs within a year, whatever reads them from an event hub"
                    + " keeps them as long, and the audit log of Microsoft 365, if we use it, keeps the activities of"
                    + " administrators as long.",
            "S4-07.1",
            "S4-07.2"),
    SUBSCRIPTIONS(
            "S4-08",
            3,
            "We know the owner of the billing account behind each subscription, it is still the right one,"
                    + " and we have decided whether the subscription must be transferred to another account.",
            "S4-08.1",
            "S4-08.2");

    private final String item;
    private final int statement;
    private final String words;
    private final List<String> parts;

    MergedStatement(String item, int statement, String words, String... parts) {
        this.item = item;
        this.statement = statement;
        this.words = words;
        this.parts = List.of(parts);
    }

    /** The item that it is kept under. */
    public String item() {
        return item;
    }

    /** Its number in the item, above those of the card's own statements. */
    public int statement() {
        return statement;
    }

    /** The statement, a whole sentence. */
    public String words() {
        return words;
    }

    /** The statements that it says, like BG-01.3: each the number of a statement on an item's card. */
    public List<String> parts() {
        return parts;
    }

    /** The one that says a statement of a card too. */
    public static Optional<MergedStatement> saying(String item, int statement) {
        String key = item + "." + statement;
        return Stream.of(values()).filter(merged -> merged.parts.contains(key)).findFirst();
    }

    /** The one that is kept under a number of an item. */
    public static Optional<MergedStatement> at(String item, int statement) {
        return of(item).stream().filter(merged -> merged.statement == statement).findFirst();
    }

    /** Those that are kept under an item, in the order of their numbers. */
    public static List<MergedStatement> of(String item) {
        return Stream.of(values()).filter(merged -> merged.item.equals(item)).toList();
    }
}
