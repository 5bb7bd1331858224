namespace CxrLab.Tests.Data.Fixtures;

/// <summary>Five images with every form of age and sex, one of them without a reading.</summary>
internal static class ShenzhenFixture
{
    internal static void Write(string root)
    {
        string[] readings = ["male 45yrs\nnormal", "femal 16month\nnormal", "Female 64days", "male , 33 yrs\nSTB, 2 days of fever"];
        for (int i = 0; i < 4; i++)
        {
            string name = FormattableString.Invariant($"CHNCXR_{i + 1:D4}_{(i == 3 ? 1 : 0)}");
            FixtureFile.Images(root, $"ChinaSet_AllFiles/CXR_png/{name}.png");
            FixtureFile.Text(root, $"ChinaSet_AllFiles/ClinicalReadings/{name}.txt", readings[i]);
        }

        FixtureFile.Images(root, "ChinaSet_AllFiles/CXR_png/CHNCXR_0662_1.png", "ChinaSet_AllFiles/CXR_png/Thumbs.db");
    }
}
