namespace CxrLab.Tests.Data.Fixtures;

/// <summary>Two images under <c>MontgomerySet</c>, with both masks and with none, and a reading without image.</summary>
internal static class MontgomeryFixture
{
    internal static void Write(string root)
    {
        FixtureFile.Images(root, "MontgomerySet/CXR_png/MCUCXR_0001_0.png", "MontgomerySet/CXR_png/MCUCXR_0104_1.png",
            "MontgomerySet/ManualMask/leftMask/MCUCXR_0001_0.png", "MontgomerySet/ManualMask/rightMask/MCUCXR_0001_0.png");
        FixtureFile.Text(root, "MontgomerySet/ClinicalReadings/MCUCXR_0001_0.txt", "Patient's Sex: F\r\nPatient's Age: 027Y\r\nnormal\r\n");
        FixtureFile.Text(root, "MontgomerySet/ClinicalReadings/MCUCXR_0104_1.txt", "Patient's Sex: M\nPatient's Age: 040Y\ncavity, seen 3 months ago\n");
        FixtureFile.Text(root, "MontgomerySet/ClinicalReadings/MCUCXR_0200_1.txt", "Patient's Sex: M\nPatient's Age: unknown\n");
    }
}
