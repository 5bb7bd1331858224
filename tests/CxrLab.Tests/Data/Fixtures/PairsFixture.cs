namespace CxrLab.Tests.Data.Fixtures;

/// <summary>A mask under its image's name, one under another name, an image without mask, a row without image, and a mask of nobody.</summary>
internal static class PairsFixture
{
    internal static void Write(string root)
    {
        FixtureFile.Images(root, "images/a.png", "images/b.png", "images/c.jpg", "masks/a.png", "masks/b_mask.png", "masks/x.png");
        FixtureFile.Text(root, "pairs.csv", "image,mask,patient,finding,view\na.png,,1,COVID-19,PA\nb.png,b_mask.png,1,Edema,AP Supine\nc.jpg,,2,,?\nd.png,,3,COVID-19,PA\n");
    }
}
