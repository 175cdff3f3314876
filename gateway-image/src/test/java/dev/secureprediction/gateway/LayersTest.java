package dev.secureprediction.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the order of the pipeline and who may know whom. */
@AnalyzeClasses(packages = "dev.secureprediction.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
final class LayersTest {
    private static final String ROOT = "dev.secureprediction.gateway.";

    @ArchTest
    static final ArchRule onlyTheEdgesKnowVertx = noClasses()
            .that()
            .resideOutsideOfPackages(
                    ROOT + "server",
                    ROOT + "forward",
                    ROOT + "upstream",
                    ROOT + "admin",
                    ROOT + "store",
                    "dev.secureprediction.gateway")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "io.netty..");

    @ArchTest
    static final ArchRule tokensKnowNoPolicyAndNoPipeline = noClasses()
            .that()
            .resideInAPackage(ROOT + "tokens")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "policy", ROOT + "pipeline", ROOT + "server", ROOT + "forward", ROOT + "audit");

    @ArchTest
    static final ArchRule onlyTokensKnowsNimbus = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "tokens")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.nimbusds..");

    @ArchTest
    static final ArchRule requestsAreMadeByStagesAlone = constructors()
            .that()
            .areDeclaredInClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                    "are requests of the pipeline",
                    (JavaClass type) -> type.getPackageName().equals(ROOT + "pipeline")
                            && type.getSimpleName().endsWith("Request")))
            .should()
            .bePackagePrivate();

    @ArchTest
    static final ArchRule forwardingTakesOnlyReservedRequests = noClasses()
            .that()
            .resideInAPackage(ROOT + "forward")
            .should()
            .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                    "are earlier requests or stages",
                    type -> type.getPackageName().equals(ROOT + "pipeline")
                            && !type.getSimpleName().equals("ReservedRequest")));

    @ArchTest
    static final ArchRule onlyConfigReadsTheEnvironment = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "config")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class);

    @ArchTest
    static final ArchRule noCycles = slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingStaticChanges =
            fields().that().areStatic().and().areNotPrivate().should().beFinal();

    @ArchTest
    static final ArchRule everythingIsFinalOrSealed = classes()
            .that()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .areNotAnonymousClasses()
            .and()
            .haveSimpleNameNotEndingWith("package-info")
            .should()
            .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL);
}
