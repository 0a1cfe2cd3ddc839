package dev.parc.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One statement in place of several that ask for much the same, of one item or of more. Whoever vouches for it vouches for
 * all its parts; a part that was attested by itself stays so, and can still be. Kept under a number that its item's card
 * has not given away, so that no key ever changes its meaning.
 */
public enum MergedStatement {
    EMERGENCY_SIGN_INS(
            "BG-01",
            4,
            "Alerts on sign-ins of emergency accounts, which were tried, and mail to the contact addresses reach somebody"
                    + " who can act at any hour, and every such sign-in is on record as a planned test or an emergency.",
            "BG-01.1",
            "BG-01.2",
            "S2-17.2"),
    PLAYBOOK(
            "BG-02",
            9,
            "The attack playbook, reviewed within the last year and readable during an attack, says whom to notify and how"
                    + " while Microsoft 365 does not work, where the emergency accounts' credentials are stored safely and"
                    + " apart, who may fetch them by a way that was tried, who may ask Microsoft for support and how while"
                    + " nobody can sign in, who looks at the sign-in logs, which can be late, how to switch domains that are"
                    + " federated and back, who watches the mail of privileged accounts, and which logs are saved where as"
                    + " evidence.",
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
            "The administrators of every service that PARC does not read were inventoried by hand: those named here as not"
                    + " read, Purview role groups, SharePoint site administrators, Power Platform, Dynamics 365 and"
                    + " partners.",
            "S2-01.1",
            "S2-01.2"),
    MAIL(
            "S2-02",
            2,
            "Mail to the address of every administrator's account arrives and is read, and that of every Global"
                    + " Administrator is forwarded to a mailbox of the organisation that its owner reads with another"
                    + " account.",
            "S2-02.1",
            "S2-08.1"),
    WORKSTATIONS(
            "S3-04",
            2,
            "Administrators, those of Active Directory and of servers among them, sign in only from privileged access"
                    + " workstations: devices dedicated to administration, hardened, and used for neither mail nor"
                    + " browsing.",
            "S3-04.1",
            "S2-18.2",
            "S3-10.1"),
    GUIDANCE(
            "S3-09",
            3,
            "Microsoft's guidance to plan, protect and monitor security and compliance in Microsoft 365, NIST SP 800-61"
                    + " Revision 3 and Microsoft's own management of incidents were reviewed and compared with how this"
                    + " organisation does, and it was decided what to configure, follow or change, who does it, and who"
                    + " looks at which report.",
            "S3-09.1",
            "S3-09.2",
            "S2-15.1",
            "S2-15.2",
            "S2-15.3",
            "S3-05.1"),
    ON_PREMISES(
            "S3-10",
            5,
            "Administrators of Active Directory, its servers and workstations use separate accounts for nothing else and"
                    + " must pass multifactor authentication, every workstation and server has a local administrator"
                    + " password of its own that is changed regularly, and every domain controller is maintained by Just"
                    + " Enough Administration or with no more rights than the task takes and watched by a detection of"
                    + " attacks whose alerts somebody acts on.",
            "S3-10.2",
            "S3-10.3",
            "S3-10.4",
            "S2-18.1",
            "S2-18.3"),
    CLOUD_APPLICATIONS(
            "S3-18",
            4,
            "The cloud applications that matter are connected to Defender for Cloud Apps, their files are scanned for"
                    + " sensitivity labels, which are published to the people who need them and in use, and policies for"
                    + " labels, access, activities and data sharing act on what is found and raise alerts that reach the"
                    + " people, or the SIEM, that act on them.",
            "S3-18.1",
            "S3-18.2",
            "S3-18.3",
            "S3-16.1",
            "S3-16.2"),
    ROLES(
            "S4-01",
            3,
            "Everybody who holds an administrator role was assessed against the built-in roles that there are today and"
                    + " needs it, for a business reason on file with an owner and an end date; no narrower role would do,"
                    + " and who was in the wrong role or no longer needs it was moved or removed.",
            "S4-01.1",
            "S4-01.2",
            "S2-04.1",
            "S3-08.1",
            "S4-03.1"),
    MACHINES(
            "S4-02",
            2,
            "Everybody who is a local administrator of Microsoft Entra joined devices, by policy, role, Intune or hand, or"
                    + " inside a virtual machine is listed, was reviewed and needs it, and administrators of virtual"
                    + " machines have rights on these only, not on the whole subscription.",
            "S4-02.1",
            "S3-12.1",
            "S3-12.2"),
    RESPONSE_PLAN(
            "S4-04",
            4,
            "The incident and emergency response plan has named owners and deputies who know it, was exercised and gone"
                    + " through to see what was missed, was revised by what exercises and incidents showed, and was"
                    + " distributed throughout the organisation.",
            "S4-04.1",
            "S4-04.2",
            "S4-04.3",
            "S2-17.1"),
    RETENTION(
            "S4-07",
            3,
            "No administrator can delete these logs within a year, what takes them from an event hub keeps them as long, and"
                    + " so does the audit log of Microsoft 365, if it is used, with what administrators do.",
            "S4-07.1",
            "S4-07.2"),
    SUBSCRIPTIONS(
            "S4-08",
            3,
            "The owner of the billing account behind each subscription is known and still the right one, and it was"
                    + " decided whether the subscription has to be transferred to another account.",
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
