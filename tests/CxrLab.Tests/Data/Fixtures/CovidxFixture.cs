namespace CxrLab.Tests.Data.Fixtures;

/// <summary>Version 8B: four fields, five with a space in the patient's id, three without a source; one image is absent.</summary>
internal static class CovidxFixture
{
    internal static void Write(string root)
    {
        FixtureFile.Text(root, "labels/train_COVIDx8B.txt", "7 seven.png negative rsna\nCOVID 1 COVID(1).png positive sirm\n9 nine.jpg positive cohen\n7 seven.png negative rsna\n");
        FixtureFile.Text(root, "labels/test_COVIDx8B.txt", "12 twelve.png negative\n13 thirteen.png positive\n");
        FixtureFile.Images(root, "train/seven.png", "train/COVID(1).png", "test/twelve.png", "test/thirteen.png");
    }
}
