namespace CxrLab.Tests.Data.Fixtures;

/// <summary>All three classes, two scans of one patient, and a name with fewer parts.</summary>
internal static class CovidxCtFixture
{
    internal static void Write(string root)
    {
        FixtureFile.Text(root, "train_COVIDx_CT-2B.txt", "NCP_96_1328_0032.png 2 9 94 512 405\nNCP_96_1328_0033.png 2 9 94 511 405\nNCP_96_1329_0001.png 2 0 0 10 10\nNormal_7_0_0005.png 0 1 2 3 4\n");
        FixtureFile.Text(root, "test_COVIDx_CT-2B.txt", "volume-8_0017.png 1 5 6 7 8\n");
        FixtureFile.Images(root, "2B_images/NCP_96_1328_0032.png", "2B_images/volume-8_0017.png");
    }
}
