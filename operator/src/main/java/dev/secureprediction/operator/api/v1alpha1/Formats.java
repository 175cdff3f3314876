package dev.secureprediction.operator.api.v1alpha1;

/** Regular expressions (RE2, as the API server reads them) that several fields share. */
public final class Formats {

    /** A DNS label (RFC 1123), at most 63 characters. */
    public static final String DNS_LABEL = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";

    /** A DNS subdomain (RFC 1123), at most 253 characters. */
    public static final String DNS_SUBDOMAIN = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

    /** A DNS subdomain whose first label may be `*`. */
    public static final String HOSTNAME_PATTERN =
            "^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

    /** A label or annotation key, with or without a prefix. */
    public static final String LABEL_KEY =
            "^([a-z0-9]([-.a-z0-9]*[a-z0-9])?/)?[A-Za-z0-9]([-_.A-Za-z0-9]*[A-Za-z0-9])?$";

    /** A label value, possibly empty. */
    public static final String LABEL_VALUE = "^([A-Za-z0-9]([-_.A-Za-z0-9]*[A-Za-z0-9])?)?$";

    /** A Google Cloud project id, older ones with a domain prefix included. */
    public static final String PROJECT = "^([a-z0-9.-]+:)?[a-z][-a-z0-9]{4,28}[a-z0-9]$";

    /** A Google Cloud region, or `global`. */
    public static final String LOCATION = "^[a-z][-a-z0-9]*$";

    /** A Google Cloud service account's e-mail address. */
    public static final String SERVICE_ACCOUNT =
            "^[a-z][-a-z0-9]{4,28}[a-z0-9]@[a-z][-a-z0-9.]*\\.iam\\.gserviceaccount\\.com$";

    /** A name that other fields, or expressions, refer to. */
    public static final String NAME = "^[A-Za-z]([-_A-Za-z0-9]*[A-Za-z0-9])?$";

    /** An https URL without user information, query or fragment. */
    public static final String HTTPS_URL = "^https://[^\\s@?#/]+(/[^\\s?#]*)?$";

    /** `host` or `host:port`. */
    public static final String AUTHORITY = "^[A-Za-z0-9]([-.A-Za-z0-9]*[A-Za-z0-9])?(:[0-9]{1,5})?$";

    /** An IPv4 or IPv6 network in CIDR notation. */
    public static final String CIDR = "^([0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)/[0-9]{1,3}$";

    /** A container image reference without white space. */
    public static final String IMAGE = "^[a-zA-Z0-9][-a-zA-Z0-9._:/@]*$";

    /** A digest of a contract: format version, then SHA-256 in hexadecimal. */
    public static final String CONTRACT_DIGEST = "^v1:[0-9a-f]{64}$";

    /** A SHA-256 digest in hexadecimal with its algorithm's name. */
    public static final String SHA256 = "^sha256:[0-9a-f]{64}$";

    /** A plan's hash, or nothing. */
    public static final String SHA256_OR_EMPTY = "^(sha256:[0-9a-f]{64})?$";

    /** A kind of sensitive data, named as Google's infoTypes are. */
    public static final String INFO_TYPE = "^[A-Z][A-Z0-9_]*$";

    /** A quantity of Kubernetes resources. */
    public static final String QUANTITY = "^[0-9]+(\\.[0-9]+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?$";

    private Formats() {}
}
