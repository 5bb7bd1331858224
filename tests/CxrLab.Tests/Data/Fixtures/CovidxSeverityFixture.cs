namespace CxrLab.Tests.Data.Fixtures;

/// <summary>Scores in thirds, a row without scores, blank patient, age and sex.</summary>
internal static class CovidxSeverityFixture
{
    internal const string Header = "filename,Geographic,Opacity,Sum,Product,patientid,dataset,age,sex,view,location,finding\n";

    internal static void Write(string root)
    {
        FixtureFile.Text(root, "annotations/severity_annotations.csv", Header +
            "one.jpg,3.6666666667,2.3333333333,6,8.5556,19,cohen,65,M,PA,\"Hanoi, Vietnam\",COVID-19\n" +
            "two.png,0,0,0,0,,actmed,,,AP Supine,,COVID-19\n" +
            "three.png,,,,,21,fig1,,F,L,,\n");
        FixtureFile.Images(root, "images/one.jpg", "images/two.png");
    }
}
