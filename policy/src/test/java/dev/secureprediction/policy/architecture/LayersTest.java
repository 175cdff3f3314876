package dev.secureprediction.policy.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.secureprediction.policy", importOptions = ImportOption.DoNotIncludeTests.class)
final class LayersTest {

    @ArchTest
    static final ArchRule KNOWS_ONLY_WHAT_IT_NEEDS = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.secureprediction.policy..",
                    "java..",
                    "com.fasterxml.jackson..",
                    "dev.cel..",
                    "com.networknt.schema..",
                    "com.google.re2j..",
                    "org.erdtman.jcs..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule NO_FILES_SOCKETS_OR_PROCESSES = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.net.http..", "java.nio.channels..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching(
                    "java\\.io\\.File.*|java\\.net\\.(Socket|URL|URLConnection|InetAddress)|java\\.lang\\.Process.*");

    @ArchTest
    static final ArchRule NO_CLOCK_AND_NO_ENVIRONMENT = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("java.time..");

    @ArchTest
    static final ArchRule CEL_IN_DECISION_ONLY = noClasses()
            .that()
            .resideOutsideOfPackage("dev.secureprediction.policy.decision..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.cel..");

    @ArchTest
    static final ArchRule VALIDATOR_IN_SCHEMA_ONLY = noClasses()
            .that()
            .resideOutsideOfPackage("dev.secureprediction.policy.schema..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.networknt.schema..");

    @ArchTest
    static final ArchRule PATTERNS_IN_SCHEMA_AND_PATTERN_ONLY = noClasses()
            .that()
            .resideOutsideOfPackages("dev.secureprediction.policy.schema..", "dev.secureprediction.policy.pattern..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.google.re2j..");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("dev.secureprediction.policy.(*)..").should().beFreeOfCycles();
}
