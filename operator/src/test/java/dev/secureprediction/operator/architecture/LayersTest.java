package dev.secureprediction.operator.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Random;
import java.util.UUID;

/** The direction of design section 4: pure from resource to desired state, effects only at the edges. */
@AnalyzeClasses(packages = "dev.secureprediction.operator", importOptions = ImportOption.DoNotIncludeTests.class)
final class LayersTest {

    private static final String[] PURE = {
        "..operator.resolve..", "..operator.plan..", "..operator.status..", "..operator.diff..", "..operator.render.."
    };

    @ArchTest
    static final ArchRule PURE_PARTS_KNOW_NO_CLIENT = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.fabric8.kubernetes.client.dsl..",
                    "io.fabric8.kubernetes.client.informers..",
                    "io.fabric8.kubernetes.client.http..",
                    "io.javaoperatorsdk..",
                    "com.google.cloud..",
                    "com.google.api..",
                    "com.google.iam..",
                    "com.google.auth..",
                    "io.grpc..")
            .orShould()
            .dependOnClassesThat(type(io.fabric8.kubernetes.client.KubernetesClient.class));

    @ArchTest
    static final ArchRule PURE_PARTS_DO_NO_INPUT_OR_OUTPUT = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net.http..", "java.nio.file..", "java.nio.channels..", "org.slf4j..")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.File")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.io.OutputStream.class);

    @ArchTest
    static final ArchRule PURE_PARTS_ASK_NO_CLOCK_AND_ROLL_NO_DICE = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(OffsetDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Random.class);

    @ArchTest
    static final ArchRule ONLY_ONE_PACKAGE_KNOWS_GOOGLE = noClasses()
            .that(not(resideInAPackage("..operator.cloud.google..")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "com.google.cloud..",
                    "com.google.api..",
                    "com.google.iam..",
                    "com.google.auth..",
                    "com.google.longrunning..",
                    "io.grpc..");

    @ArchTest
    static final ArchRule ONLY_CONFIG_READS_THE_ENVIRONMENT = noClasses()
            .that(not(resideInAPackage("..operator.config..")))
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(System.class, "getProperty", String.class)
            .orShould()
            .callMethod(System.class, "getProperty", String.class, String.class);

    @ArchTest
    static final ArchRule NO_STATIC_STATE_CHANGES = fields().that()
            .areStatic()
            .and()
            .doNotHaveModifier(JavaModifier.SYNTHETIC)
            .should()
            .beFinal();

    @ArchTest
    static final ArchRule RESOURCES_KNOW_NOTHING_OF_THE_OPERATOR = noClasses()
            .that()
            .resideInAPackage("..operator.api..")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("dev.secureprediction.operator..").and(not(resideInAPackage("..operator.api.."))));

    @ArchTest
    static final ArchRule NOTHING_LOOKS_BACK = noClasses()
            .that()
            .resideInAnyPackage(
                    "..operator.resolve..",
                    "..operator.plan..",
                    "..operator.cloud..",
                    "..operator.diff..",
                    "..operator.render..",
                    "..operator.status..")
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("..operator.reconciler..", "..operator.probe..", "..operator.config.."));

    @ArchTest
    static final ArchRule PLANS_DO_NOT_KNOW_WHAT_IS_SEEN = noClasses()
            .that()
            .resideInAnyPackage("..operator.resolve..", "..operator.plan..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("..operator.status..", "..operator.diff..", "..operator.render.."));

    @ArchTest
    static final ArchRule CLASSES_ARE_FINAL = classes()
            .that()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .doNotHaveModifier(JavaModifier.ABSTRACT)
            .and()
            .areNotAnonymousClasses()
            .should()
            .haveModifier(JavaModifier.FINAL);
}
