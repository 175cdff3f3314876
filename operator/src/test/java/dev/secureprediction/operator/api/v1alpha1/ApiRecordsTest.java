package dev.secureprediction.operator.api.v1alpha1;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** One stored object of a newer version must not stop the informer for all. */
@AnalyzeClasses(
        packages = "dev.secureprediction.operator.api.v1alpha1",
        importOptions = ImportOption.DoNotIncludeTests.class)
final class ApiRecordsTest {

    @ArchTest
    static final ArchRule RECORDS_SKIP_WHAT_THEY_DO_NOT_KNOW =
            classes().that().areRecords().should().beAnnotatedWith(ApiObject.class);
}
