package dev.parc.facts.directory;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Mail services for private persons, at which everybody may have an address. */
public final class ConsumerMail {

    /** With any ending: outlook.com, outlook.de, hotmail.co.uk ... */
    private static final Pattern FAMILIES =
            Pattern.compile("(outlook|hotmail|live|yahoo|ymail|gmx|aol|yandex)(\\.[a-z]{2,3}){1,2}");

    private static final Set<String> DOMAINS = Set.of(
            "msn.com",
            "passport.com",
            "windowslive.com",
            "gmail.com",
            "googlemail.com",
            "icloud.com",
            "me.com",
            "mac.com",
            "proton.me",
            "protonmail.com",
            "mail.com",
            "mail.ru",
            "web.de",
            "t-online.de",
            "freenet.de",
            "orange.fr",
            "free.fr",
            "laposte.net",
            "libero.it",
            "qq.com",
            "163.com",
            "126.com",
            "naver.com",
            "comcast.net",
            "verizon.net",
            "att.net",
            "zoho.com",
            "fastmail.com",
            "hey.com",
            "tutanota.com",
            "tuta.com");

    private ConsumerMail() {}

    /** Whether the address is with one of them, or the domain is one. */
    public static boolean holds(String address) {
        String domain = address.substring(address.lastIndexOf('@') + 1).strip().toLowerCase(Locale.ROOT);
        return DOMAINS.contains(domain) || FAMILIES.matcher(domain).matches();
    }
}
